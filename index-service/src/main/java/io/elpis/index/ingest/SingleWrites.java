package io.elpis.index.ingest;

import io.elpis.index.http.Answers;
import io.elpis.model.error.ElpisException;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.UriUtils;

/** Writes one document and answers as OpenSearch does for one. */
final class SingleWrites {
    private final Ingest ingest;
    private final CopyProgress copies;

    SingleWrites(Ingest ingest, CopyProgress copies) {
        this.ingest = ingest;
        this.copies = copies;
    }

    /** @throws ElpisException when nothing was written, or the record had no effect */
    ResponseEntity<byte[]> write(WriteRequest wanted, WriteOptions options, HttpServletResponse response) {
        Ingest.Written written =
                ingest.write(List.of(wanted), options.idempotencyKey(), options.timeout(), options.refresh());
        Sessions.tell(response, options.seen(), written.writes());
        Write write = written.writes().getFirst();
        ElpisException failure = WriteAnswers.failure(write);
        if (failure != null) {
            throw failure;
        }
        ResponseEntity<byte[]> answer = Answers.object(
                WriteAnswers.status(write.result()),
                out -> new WriteAnswers(copies, written.forcedRefresh()).members(out, write));
        return switch (write.result()) {
            case WriteResult.Undecided(long offset) ->
                located(answer, Ticket.PATH + write.told().ticket(offset).text());
            case WriteResult.Applied _
            when answer.getStatusCode().value() == 201 ->
                located(
                        answer,
                        "/" + write.request().index() + "/_doc/"
                                + UriUtils.encodePathSegment(write.id(), StandardCharsets.UTF_8));
            case WriteResult.Applied _ -> answer;
            case WriteResult.Refused _ -> answer;
        };
    }

    private static ResponseEntity<byte[]> located(ResponseEntity<byte[]> answer, String location) {
        return ResponseEntity.status(answer.getStatusCode())
                .headers(answer.getHeaders())
                .header("Location", location)
                .body(answer.getBody());
    }
}
