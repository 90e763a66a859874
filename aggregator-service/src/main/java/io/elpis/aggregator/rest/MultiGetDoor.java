package io.elpis.aggregator.rest;

import io.elpis.aggregator.document.DocumentCall;
import io.elpis.aggregator.document.DocumentService;
import io.elpis.aggregator.document.ManyReads;
import io.elpis.aggregator.search.Admission;
import io.elpis.support.error.Failures;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Reads of many documents, from request to answer. */
final class MultiGetDoor {
    private static final int ENVELOPE = 256;

    private final DocumentService documents;
    private final Admission admission;

    MultiGetDoor(DocumentService documents, Admission admission) {
        this.documents = documents;
        this.admission = admission;
    }

    CompletableFuture<Answer> many(Route.MultiGet route, Incoming incoming) {
        incoming.parameters().refuseUnknown(DocumentDoor.KNOWN, incoming.path());
        List<DocumentCall> calls = MultiGetBody.read(route.index(), incoming);
        admission.enter();
        ManyReads reads = ManyReads.start(calls, documents::get);
        var unused = reads.whenComplete((_, _) -> admission.leave());
        return Followed.by(reads, done -> {
            Map<String, String> headers =
                    AnswerHeaders.of(incoming.reading(), done.stream().anyMatch(ManyReads.Read::possiblyStale));
            return Answer.ok(ENVELOPE * (1 + done.size()), headers, out -> {
                out.open('{').name("docs").open('[');
                for (ManyReads.Read read : done) {
                    out.element();
                    write(read, out);
                }
                out.close(']').close('}');
            });
        });
    }

    private static void write(ManyReads.Read read, JsonOut out) {
        DocumentCall call = read.call();
        if (read.answer() != null) {
            DocumentJson.document(call.index(), call.id(), read.answer(), out);
            return;
        }
        Throwable failure = Objects.requireNonNull(read.failure());
        Throwable why =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        DocumentJson.failure(call.index(), call.id(), Failures.of(why), out);
    }
}
