package io.elpis.aggregator.rest;

import io.elpis.aggregator.document.DocumentCall;
import io.elpis.aggregator.document.DocumentService;
import io.elpis.model.body.JsonBody;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.search.SourceFilter;
import io.elpis.protocol.node.GetResponse;
import io.elpis.support.error.Failures;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads of single documents, from request to answer. */
final class DocumentDoor {
    private static final Set<String> KNOWN = Set.of(
            "routing",
            "realtime",
            "refresh",
            "preference",
            "_source",
            "_source_includes",
            "_source_excludes",
            "_source_include",
            "_source_exclude");
    private static final int MOST = 10_000;
    private static final int ENVELOPE = 256;
    private static final String STALE =
            "299 Elpis \"the log did not answer in time: this may not be the latest version\"";

    private final DocumentService documents;

    DocumentDoor(DocumentService documents) {
        this.documents = documents;
    }

    CompletableFuture<Answer> document(Route.Document route, Incoming incoming) {
        Parameters parameters = incoming.parameters();
        parameters.refuseUnknown(KNOWN, incoming.path());
        SourceFilter source = route.head() ? SourceFilter.NONE : parameters.source();
        return documents
                .get(call(route.index(), route.id(), source, incoming))
                .thenApply(found -> new Answer(
                        found.getFound() ? 200 : 404,
                        ENVELOPE + found.getContent().getSource().size(),
                        found.getPossiblyStale() ? STALE : null,
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
        return documents.get(call(route.index(), route.id(), asked, incoming)).thenApply(found -> {
            if (!found.getFound() || !found.getContent().hasSource()) {
                throw new ElpisException(
                        ErrorCode.RESOURCE_NOT_FOUND,
                        "Document not found [" + route.index() + "]/[" + route.id() + "]");
            }
            return new Answer(
                    200,
                    found.getContent().getSource().size() + 1,
                    found.getPossiblyStale() ? STALE : null,
                    out -> out.raw(found.getContent().getSource()));
        });
    }

    private static DocumentCall call(String index, String id, SourceFilter source, Incoming incoming) {
        return new DocumentCall(
                index,
                id,
                incoming.parameters().text("routing"),
                incoming.parameters().flag("realtime", true),
                source,
                incoming.authorization());
    }

    CompletableFuture<Answer> many(Route.MultiGet route, Incoming incoming) {
        incoming.parameters().refuseUnknown(KNOWN, incoming.path());
        List<DocumentCall> calls = calls(route, incoming);
        List<CompletableFuture<Read>> reads = new ArrayList<>(calls.size());
        for (DocumentCall call : calls) {
            reads.add(documents.get(call).handle((found, failure) -> new Read(call, found, failure)));
        }
        return CompletableFuture.allOf(reads.toArray(new CompletableFuture<?>[0]))
                .thenApply(_ -> {
                    List<Read> done =
                            reads.stream().map(CompletableFuture::join).toList();
                    return Answer.ok(ENVELOPE * (1 + done.size()), out -> {
                        out.open('{').name("docs").open('[');
                        for (Read read : done) {
                            out.element();
                            read.write(out);
                        }
                        out.close(']').close('}');
                    });
                });
    }

    private static List<DocumentCall> calls(Route.MultiGet route, Incoming incoming) {
        JsonNode body = JsonBody.object(incoming.body());
        List<DocumentCall> calls = new ArrayList<>();
        SourceFilter source = incoming.parameters().source();
        for (JsonNode id : body.path("ids")) {
            calls.add(call(named(route.index(), ""), text(id, "ids"), source, incoming));
        }
        for (JsonNode doc : body.path("docs")) {
            calls.add(new DocumentCall(
                    named(
                            doc.path("_index").asString(route.index()),
                            doc.path("_id").asString("")),
                    text(doc.path("_id"), "_id"),
                    doc.hasNonNull("routing")
                            ? doc.get("routing").asString()
                            : incoming.parameters().text("routing"),
                    incoming.parameters().flag("realtime", true),
                    doc.has("_source") ? source(doc.get("_source")) : source,
                    incoming.authorization()));
        }
        if (calls.isEmpty()) {
            throw new ElpisException(ErrorCode.ACTION_REQUEST_VALIDATION, "Validation Failed: 1: no documents to get;");
        }
        if (calls.size() > MOST) {
            throw new ElpisException(
                    ErrorCode.ILLEGAL_ARGUMENT, "too many documents to get: " + calls.size() + " of at most " + MOST);
        }
        return calls;
    }

    private static String named(String index, String id) {
        if (index.isEmpty()) {
            throw new ElpisException(
                    ErrorCode.ACTION_REQUEST_VALIDATION,
                    "Validation Failed: 1: index is missing" + (id.isEmpty() ? "" : " for [" + id + "]") + ";");
        }
        return index;
    }

    private static String text(JsonNode node, String member) {
        if (!node.isString() && !node.isNumber()) {
            throw new ElpisException(
                    ErrorCode.ACTION_REQUEST_VALIDATION, "Validation Failed: 1: [" + member + "] must be a text;");
        }
        return node.asString();
    }

    private static SourceFilter source(JsonNode node) {
        if (node.isBoolean()) {
            return node.asBoolean() ? SourceFilter.ALL : SourceFilter.NONE;
        }
        if (node.isObject()) {
            return new SourceFilter(
                    true,
                    texts(node.has("includes") ? node.path("includes") : node.path("include")),
                    texts(node.has("excludes") ? node.path("excludes") : node.path("exclude")));
        }
        return new SourceFilter(true, texts(node), List.of());
    }

    private static List<String> texts(JsonNode node) {
        if (node.isString()) {
            return List.of(node.asString());
        }
        List<String> texts = new ArrayList<>();
        node.forEach(element -> texts.add(element.asString()));
        return texts;
    }

    private record Read(
            DocumentCall call,
            @Nullable GetResponse found,
            @Nullable Throwable failure) {
        void write(JsonOut out) {
            if (found != null) {
                DocumentJson.document(call.index(), call.id(), found, out);
            } else {
                Throwable why = failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
                DocumentJson.failure(call.index(), call.id(), Failures.of(java.util.Objects.requireNonNull(why)), out);
            }
        }
    }
}
