package io.elpis.query.search;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.elpis.analysis.budget.AnalysisBudget;
import io.elpis.model.query.QueryNode;
import io.elpis.model.search.FilteredSource;
import io.elpis.model.search.SourceFilter;
import io.elpis.protocol.node.HitContent;
import io.elpis.protocol.search.FetchSpec;
import io.elpis.protocol.search.RequestWire;
import io.elpis.query.lucene.RequestAnalysis;
import io.elpis.query.replica.CopyView;
import io.elpis.query.replica.DocumentReader;
import io.elpis.query.replica.StoredDocument;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Reads what the hits of one request bring along. A source that nothing is taken from passes through unparsed. */
final class ContentReader {
    private final FetchSpec spec;
    private final SourceFilter filter;
    private final @Nullable QueryNode query;
    private final long now;
    private final AnalysisBudget analysis = RequestAnalysis.budget();
    private final Map<CopyView, StoredFields> stored = new IdentityHashMap<>(4);
    private final Map<CopyView, Highlighting> highlightings = new IdentityHashMap<>(4);

    /** @param query what to highlight; null when it did not come along */
    ContentReader(FetchSpec spec, @Nullable QueryNode query, long now) {
        this.spec = spec;
        this.filter = RequestWire.read(spec.getSource());
        this.query = query;
        this.now = now;
    }

    /** @param doc within the view's reader */
    HitContent read(CopyView view, int doc) throws IOException {
        List<LeafReaderContext> leaves = view.reader().leaves();
        LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(doc, leaves));
        boolean numbers = spec.getVersion() || spec.getSeqNoPrimaryTerm();
        StoredDocument document = DocumentReader.read(stored(view), doc, leaf.reader(), doc - leaf.docBase, numbers);
        HitContent.Builder content = HitContent.newBuilder().setRouting(document.routing());
        if (numbers) {
            content.setVersion(document.version()).setSeqNo(document.seqNo()).setPrimaryTerm(document.primaryTerm());
        }
        BytesRef source = document.source();
        if (source != null) {
            if (filter.enabled()) {
                content.setSource(filtered(source, filter));
            }
            if (spec.hasHighlight() && query != null) {
                highlightings
                        .computeIfAbsent(view, this::highlighting)
                        .highlight(source)
                        .forEach(content::addHighlight);
            }
        }
        return content.build();
    }

    private StoredFields stored(CopyView view) throws IOException {
        StoredFields kept = stored.get(view);
        if (kept == null) {
            kept = view.reader().storedFields();
            stored.put(view, kept);
        }
        return kept;
    }

    private Highlighting highlighting(CopyView view) {
        return new Highlighting(
                RequestWire.read(spec.getHighlight()),
                query == null ? new QueryNode.MatchNone() : query,
                view,
                now,
                analysis);
    }

    static ByteString filtered(BytesRef source, SourceFilter filter) {
        return filter.isWhole()
                ? UnsafeByteOperations.unsafeWrap(source.bytes, source.offset, source.length)
                : UnsafeByteOperations.unsafeWrap(
                        FilteredSource.of(filter, source.bytes, source.offset, source.length));
    }
}
