package io.elpis.query.replica;

import io.elpis.query.lucene.SystemField;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;

/**
 * All a copy holds, as a value that can be compared: the state, and each document and tombstone by id. That the state's
 * digest is the documents' is made sure of.
 */
record CopyContent(CommitPoint state, Map<String, String> documents) {

    static CopyContent of(ShardCopy copy) throws IOException {
        copy.refresh();
        CopyView view = copy.acquire();
        try {
            Map<String, String> documents = new TreeMap<>();
            Digest digest = Digest.EMPTY;
            for (LeafReaderContext leaf : view.reader().leaves()) {
                digest = digest.plus(collect(leaf.reader(), documents));
            }
            CommitPoint state = copy.snapshot();
            if (!state.digest().equals(digest)) {
                throw new AssertionError("digest " + state.digest() + " of documents with digest " + digest);
            }
            return new CopyContent(state, documents);
        } finally {
            view.release();
        }
    }

    private static Digest collect(LeafReader leaf, Map<String, String> documents) throws IOException {
        Digest digest = Digest.EMPTY;
        BinaryDocValues ids = leaf.getBinaryDocValues(SystemField.ID);
        for (int doc = 0; doc < leaf.maxDoc(); doc++) {
            if (leaf.getLiveDocs() != null && !leaf.getLiveDocs().get(doc)) {
                continue;
            }
            if (ids == null || !ids.advanceExact(doc)) {
                throw new AssertionError("document without id");
            }
            StoredDocument document = DocumentReader.read(leaf.storedFields(), doc, leaf, doc, true);
            String text =
                    document.source() == null ? "tombstone" : document.source().utf8ToString();
            if (document.source() != null) {
                digest = digest.plus(Digest.of(
                        ids.binaryValue(),
                        document.seqNo(),
                        document.version(),
                        document.primaryTerm(),
                        Digest.content(document.source(), document.routing())));
            }
            String earlier = documents.put(
                    ids.binaryValue().utf8ToString(),
                    text + " seq " + document.seqNo() + " version " + document.version() + " term "
                            + document.primaryTerm());
            if (earlier != null) {
                throw new AssertionError("two documents of one id: " + earlier);
            }
        }
        return digest;
    }
}
