package io.elpis.query.replica;

import io.elpis.query.lucene.SystemField;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Finds documents by id in one reader. Keeps an open terms enumeration a segment, which it hands on to its successor on
 * the next reader. For one thread at a time.
 */
final class VersionLookup {

    /** Where a document is; {@code leaf} belongs to the lookup's reader. */
    record Found(LeafReaderContext leaf, int doc) {
        DocumentState state() throws IOException {
            LeafReader reader = leaf.reader();
            long seqNo = value(reader, SystemField.SEQ_NO);
            long version = value(reader, SystemField.VERSION);
            long primaryTerm = value(reader, SystemField.PRIMARY_TERM);
            return isTombstone()
                    ? DocumentState.tombstone(seqNo, version, primaryTerm)
                    : DocumentState.live(seqNo, version, primaryTerm, value(reader, SystemField.CONTENT));
        }

        boolean isTombstone() throws IOException {
            NumericDocValues marks = leaf.reader().getNumericDocValues(SystemField.TOMBSTONE);
            return marks != null && marks.advanceExact(doc);
        }

        private long value(LeafReader reader, String field) throws IOException {
            NumericDocValues values = reader.getNumericDocValues(field);
            if (values == null || !values.advanceExact(doc)) {
                throw new IllegalStateException("document " + doc + " without " + field);
            }
            return values.longValue();
        }
    }

    private static final class Segment {
        final TermsEnum ids;

        @Nullable
        PostingsEnum postings;

        Segment(TermsEnum ids) {
            this.ids = ids;
        }
    }

    private final DirectoryReader reader;
    private final Map<IndexReader.CacheKey, Segment> segments = new HashMap<>();
    private final List<LeafReaderContext> leaves;
    private final List<Segment> leafSegments = new ArrayList<>();

    VersionLookup(DirectoryReader reader, @Nullable VersionLookup predecessor) throws IOException {
        this.reader = reader;
        this.leaves = new ArrayList<>();
        for (LeafReaderContext leaf : reader.leaves()) {
            IndexReader.CacheKey key = leaf.reader().getCoreCacheHelper().getKey();
            Segment segment = predecessor == null ? null : predecessor.segments.get(key);
            if (segment == null) {
                Terms terms = leaf.reader().terms(SystemField.ID);
                if (terms == null) {
                    continue;
                }
                segment = new Segment(terms.iterator());
            }
            segments.put(key, segment);
            leaves.add(leaf);
            leafSegments.add(segment);
        }
    }

    DirectoryReader reader() {
        return reader;
    }

    @Nullable
    Found find(BytesRef id) throws IOException {
        for (int at = leaves.size() - 1; at >= 0; at--) {
            Segment segment = leafSegments.get(at);
            if (segment.ids.seekExact(id)) {
                segment.postings = segment.ids.postings(segment.postings, PostingsEnum.NONE);
                int doc = firstLive(segment.postings, leaves.get(at).reader().getLiveDocs());
                if (doc != DocIdSetIterator.NO_MORE_DOCS) {
                    return new Found(leaves.get(at), doc);
                }
            }
        }
        return null;
    }

    private static int firstLive(PostingsEnum postings, @Nullable Bits live) throws IOException {
        int doc = postings.nextDoc();
        while (doc != DocIdSetIterator.NO_MORE_DOCS && live != null && !live.get(doc)) {
            doc = postings.nextDoc();
        }
        return doc;
    }
}
