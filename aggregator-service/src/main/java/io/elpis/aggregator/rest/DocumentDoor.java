package io.elpis.aggregator.rest;

import io.elpis.aggregator.document.DocumentCall;
import io.elpis.aggregator.document.DocumentService;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.search.SourceFilter;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Reads of single documents, from request to answer. */
final class DocumentDoor {
    static final Set<String> KNOWN = Set.of(
            "consistency",
            "routing",
            "realtime",
            "refresh",
            "preference",
            "_source",
            "_source_includes",
            "_source_excludes",
            "_source_include",
            "_source_exclude");
    private static final int ENVELOPE = 256;

    private final DocumentService documents;

    DocumentDoor(DocumentService documents) {
        this.documents = documents;
    }

    CompletableFuture<Answer> document(Route.Document route, Incoming incoming) {
        Parameters parameters = incoming.parameters();
        parameters.refuseUnknown(KNOWN, incoming.path());
        return Followed.by(
                documents.get(call(route.index(), route.id(), parameters.source(), incoming)),
                found -> new Answer(
                        found.getFound() ? 200 : 404,
                        ENVELOPE + found.getContent().getSource().size(),
                        AnswerHeaders.of(incoming.reading(), found.getPossiblyStale()),
                        out -> DocumentJson.document(route.index(), route.id(), found, out)));
    }

    CompletableFuture<Answer> source(Route.Source route, Incoming incoming) {
        Parameters parameters = incoming.parameters();
        parameters.refuseUnknown(KNOWN, incoming.path());
        SourceFilter asked = parameters.source();
        if (!asked.enabled()) {
            throw new ElpisException(
                    ErrorCode.ACTION_REQUEST_VALIDATION, "Validation Failed: 1: fetching source can not be disabled;");
        }
        return Followed.by(documents.get(call(route.index(), route.id(), asked, incoming)), found -> {
            if (!found.getFound() || !found.getContent().hasSource()) {
                throw new ElpisException(
                        ErrorCode.RESOURCE_NOT_FOUND,
                        "Document not found [" + route.index() + "]/[" + route.id() + "]");
            }
            return new Answer(
                    200,
                    found.getContent().getSource().size() + 1,
                    AnswerHeaders.of(incoming.reading(), found.getPossiblyStale()),
                    out -> out.raw(found.getContent().getSource()));
        });
    }

    private static DocumentCall call(String index, String id, SourceFilter source, Incoming incoming) {
        return new DocumentCall(
                index,
                id,
                incoming.parameters().text("routing"),
                incoming.parameters().realtime(),
                source,
                incoming.reading(),
                incoming.authorization());
    }
}
