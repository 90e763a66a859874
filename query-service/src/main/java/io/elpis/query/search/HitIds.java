package io.elpis.query.search;

import io.elpis.query.lucene.SystemField;
import java.io.IOException;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.LeafReaderContext;

/** Reads the ids of hits. */
final class HitIds {
    private HitIds() {}

    /** @param doc within the whole reader */
    static String read(LeafReaderContext leaf, int doc) throws IOException {
        BinaryDocValues ids = leaf.reader().getBinaryDocValues(SystemField.ID);
        if (ids == null || !ids.advanceExact(doc - leaf.docBase)) {
            throw new IllegalStateException("document " + doc + " without id");
        }
        return ids.binaryValue().utf8ToString();
    }
}
