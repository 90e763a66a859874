package io.elpis.query.replica;

import io.elpis.query.lucene.Schema;
import io.elpis.query.lucene.SystemField;
import java.io.IOException;
import java.util.function.Supplier;
import org.apache.lucene.index.DirectoryReader;

/**
 * What searches of a copy see: one point in time. Counted: whoever gets one from {@link ShardCopy#acquire} releases it.
 */
public final class CopyView {
    private final DirectoryReader reader;
    private final Supplier<Schema> schema;
    private final long nextOffset;
    private final long seenOffset;
    private final boolean tombstones;

    /** Takes over one reference to the reader. */
    CopyView(DirectoryReader reader, Supplier<Schema> schema, long nextOffset, long seenOffset) throws IOException {
        this.reader = reader;
        this.schema = schema;
        this.nextOffset = nextOffset;
        this.seenOffset = seenOffset;
        this.tombstones = reader.docFreq(SystemField.ANY_TOMBSTONE) > 0;
    }

    public DirectoryReader reader() {
        return reader;
    }

    /**
     * The newest there is, which knows all that any visible document was indexed with: fields are added, and of one that
     * is there only changes which values later documents bring to it and how searches analyze theirs, never what is kept
     * of it. A search may come before the first document of a field.
     */
    public Schema schema() {
        return schema.get();
    }

    /** Every record before this offset is visible. */
    public long nextOffset() {
        return nextOffset;
    }

    /** No record at or behind this offset is visible: who has looked at this view has seen no more. */
    public long seenOffset() {
        return seenOffset;
    }

    /** Whether some documents are tombstones, which no search may return. */
    public boolean hasTombstones() {
        return tombstones;
    }

    boolean tryAcquire() {
        return reader.tryIncRef();
    }

    public void release() throws IOException {
        reader.decRef();
    }
}
