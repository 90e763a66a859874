package io.elpis.query.search;

import io.elpis.model.search.SourceFilter;
import io.elpis.protocol.node.GetRequest;
import io.elpis.protocol.node.GetResponse;
import io.elpis.protocol.node.HitContent;
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

    /** What the copy holds now, or what searches see of it. */
    public static GetResponse.Builder get(ShardCopy copy, GetRequest request) throws IOException {
        StoredDocument document = request.getRealtime() ? copy.get(request.getId()) : visible(copy, request.getId());
        GetResponse.Builder response = GetResponse.newBuilder();
        return document == null
                ? response
                : response.setFound(true).setContent(content(document, RequestWire.read(request.getSource())));
    }

    private static @Nullable StoredDocument visible(ShardCopy copy, String id) throws IOException {
        CopyView view = copy.acquire();
        try {
            return DocumentReader.read(view.reader(), id);
        } finally {
            view.release();
        }
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
