package io.elpis.index.ingest;

import io.elpis.index.catalog.CatalogIndex;
import io.elpis.index.http.Parameters;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.protocol.record.Condition;
import io.elpis.protocol.record.DocumentOperation;
import io.elpis.protocol.record.UpdateAction;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** Writes anew what a record of a log once was to write, as if its caller sent it now. */
public final class Replays {
    /** No user can have that name. */
    private static final String SUBJECT = "\0replay";

    private static final Set<String> PARAMETERS = Set.of("timeout", "refresh");
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final SingleWrites writes;

    Replays(SingleWrites writes) {
        this.writes = writes;
    }

    /**
     * @param name of the record: what is replayed again under it is not applied again
     * @return the answer to a write of one document
     * @throws ElpisException as for any write; ILLEGAL_ARGUMENT when the operation asks for nothing
     */
    public ResponseEntity<byte[]> write(
            CatalogIndex index,
            String name,
            DocumentOperation operation,
            HttpServletRequest request,
            HttpServletResponse response) {
        Parameters parameters = Parameters.of(request, PARAMETERS);
        WriteOptions options = new WriteOptions(
                Refresh.of(parameters.text("refresh")),
                parameters.patience("timeout", TIMEOUT),
                new IdempotencyKey(SUBJECT, name),
                Sessions.of(request));
        return writes.write(request(index.name().value(), operation), options, response);
    }

    private static WriteRequest request(String index, DocumentOperation was) {
        boolean creates = was.getCondition().getAbsent();
        Condition condition = was.hasCondition() && !creates ? was.getCondition() : null;
        return switch (was.getActionCase()) {
            case INDEX ->
                request(
                        creates ? WriteKind.CREATE : WriteKind.INDEX,
                        index,
                        was,
                        condition,
                        new WriteContent.Document(
                                BodyPart.whole(was.getIndex().getSource().toByteArray())));
            case DELETE -> request(WriteKind.DELETE, index, was, condition, new WriteContent.Nothing());
            case UPDATE -> request(WriteKind.UPDATE, index, was, condition, change(was.getUpdate()));
            case ACTION_NOT_SET ->
                throw new ElpisException(
                        ErrorCode.ILLEGAL_ARGUMENT, "the record holds no action that could be replayed");
        };
    }

    private static WriteRequest request(
            WriteKind kind, String index, DocumentOperation was, @Nullable Condition condition, WriteContent content) {
        return new WriteRequest(kind, index, was.getId(), was.getRouting(), condition, content);
    }

    private static WriteContent change(UpdateAction was) {
        return new WriteContent.Change(
                BodyPart.whole(was.getDoc().toByteArray()),
                was.getUpsert().isEmpty()
                        ? null
                        : BodyPart.whole(was.getUpsert().toByteArray()),
                was.getDocAsUpsert(),
                was.getDetectNoop());
    }
}
