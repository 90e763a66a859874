package io.elpis.query.search;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.protocol.node.FetchDoc;
import io.elpis.protocol.node.FetchRequest;
import io.elpis.protocol.node.FetchResponse;
import io.elpis.protocol.search.QueryWire;
import io.elpis.query.replica.CopyView;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings the content of hits that an earlier search found, from the very point in time it saw. */
public final class NodeFetch {
    private final Leases leases;
    private final long answerLimit;

    /** @param answerLimit bytes of content in one answer */
    public NodeFetch(Leases leases, long answerLimit) {
        this.leases = leases;
        this.answerLimit = answerLimit;
    }

    /** @throws ElpisException RESOURCE_NOT_FOUND when the lease has ended, CIRCUIT_BREAKING when it is too much */
    public FetchResponse.Builder fetch(FetchRequest request, long now) throws IOException {
        List<@Nullable CopyView> views = leases.take(request.getLease());
        if (views == null) {
            throw new ElpisException(
                    ErrorCode.RESOURCE_NOT_FOUND,
                    "No search context found for id [" + Long.toUnsignedString(request.getLease()) + "]");
        }
        try {
            return fetch(request, views, now);
        } finally {
            Leases.release(views);
        }
    }

    private FetchResponse.Builder fetch(FetchRequest request, List<@Nullable CopyView> views, long now)
            throws IOException {
        ContentReader contents = new ContentReader(
                request.getSpec(),
                request.getSpec().hasHighlightQuery()
                        ? QueryWire.read(request.getSpec().getHighlightQuery())
                        : null,
                now);
        FetchResponse.Builder response = FetchResponse.newBuilder();
        AnswerSize size = new AnswerSize(answerLimit);
        for (FetchDoc doc : request.getDocsList()) {
            CopyView view = doc.getShardOrdinal() < views.size() ? views.get(doc.getShardOrdinal()) : null;
            if (view == null || doc.getDoc() >= view.reader().maxDoc()) {
                throw new ElpisException(ErrorCode.ILLEGAL_ARGUMENT, "no such hit in this search context");
            }
            response.addContents(size.with(contents.read(view, doc.getDoc())));
        }
        return response;
    }
}
