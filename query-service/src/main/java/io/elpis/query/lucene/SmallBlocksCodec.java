package io.elpis.query.lucene;

import org.apache.lucene.codecs.FilterCodec;
import org.apache.lucene.codecs.StoredFieldsFormat;
import org.apache.lucene.codecs.compressing.CompressionMode;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene90.compressing.Lucene90CompressingStoredFieldsFormat;

/**
 * Lucene's own codec with stored fields in blocks of 4 KB. Who reads a document decompresses its block up to the
 * document's end, and hits are mostly alone in theirs. Against Lucene's blocks of 80 KB, which are made of pieces of 8 KB
 * and a dictionary, this takes less time and more space (docs/benchmarks.md).
 *
 * <p>Segments name their codec and are read by it, so those that Lucene's own codec wrote are read too.
 */
public final class SmallBlocksCodec extends FilterCodec {
    private static final int BLOCK_BYTES = 4 << 10;
    private static final int MOST_DOCUMENTS = 128;
    private static final int INDEX_BLOCK_SHIFT = 10;

    /** Both names are in every segment: another layout needs other names, and this class to stay. */
    private static final String NAME = "ElpisSmallBlocks104";

    private final StoredFieldsFormat storedFields = new Lucene90CompressingStoredFieldsFormat(
            "ElpisStoredFields4k", CompressionMode.FAST, BLOCK_BYTES, MOST_DOCUMENTS, INDEX_BLOCK_SHIFT);

    /** For Lucene, which finds codecs as services. */
    public SmallBlocksCodec() {
        super(NAME, new Lucene104Codec());
    }

    @Override
    public StoredFieldsFormat storedFieldsFormat() {
        return storedFields;
    }
}
