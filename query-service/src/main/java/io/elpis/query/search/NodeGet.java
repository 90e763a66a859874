package io.elpis.query.search;

import io.elpis.model.search.SourceFilter;
import io.elpis.protocol.node.GetRequest;
import io.elpis.protocol.node.GetResponse;
import io.elpis.protocol.node.HitContent;
import io.elpis.protocol.record.Position;
import io.elpis.protocol.search.RequestWire;
import io.elpis.query.replica.CopyView;
import io.elpis.query.replica.DocumentReader;
import io.elpis.query.replica.ShardCopy;
import io.elpis.query.replica.StoredDocument;
import java.io.IOException;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Reads one document by its id. */
public final class NodeGet {
    private NodeGet() {}

    /**
     * What the copy holds now, or what searches see of it.
     *
     * @throws io.elpis.model.error.ElpisException COPY_BEHIND when that is not what is demanded
     */
    public static GetResponse.Builder get(ShardCopy copy, Demand demand, GetRequest request) throws IOException {
        return request.getRealtime() ? applied(copy, demand, request) : visible(copy, demand, request);
    }

    private static GetResponse.Builder applied(ShardCopy copy, Demand demand, GetRequest request) throws IOException {
        demand.checkApplied(copy);
        StoredDocument document = copy.get(request.getId());
        // Asked last: what was applied meanwhile may be in the answer.
        return answer(copy, copy.begunOffset(), document, request);
    }

    private static GetResponse.Builder visible(ShardCopy copy, Demand demand, GetRequest request) throws IOException {
        CopyView view = demand.acquire(copy);
        try {
            return answer(copy, view.seenOffset(), DocumentReader.read(view.reader(), request.getId()), request);
        } finally {
            view.release();
        }
    }

    private static GetResponse.Builder answer(
            ShardCopy copy, long seen, @Nullable StoredDocument document, GetRequest request) throws IOException {
        GetResponse.Builder response = GetResponse.newBuilder()
                .setApplied(Position.newBuilder()
                        .setGeneration(copy.log().generation())
                        .setOffset(seen));
        return document == null
                ? response
                : response.setFound(true).setContent(content(document, RequestWire.read(request.getSource())));
    }

    private static HitContent content(StoredDocument document, SourceFilter filter) {
        HitContent.Builder content = HitContent.newBuilder()
                .setRouting(document.routing())
                .setVersion(document.version())
                .setSeqNo(document.seqNo())
                .setPrimaryTerm(document.primaryTerm());
        BytesRef source = document.source();
        if (source != null && filter.enabled()) {
            content.setSource(ContentReader.filtered(source, filter));
        }
        return content.build();
    }
}
