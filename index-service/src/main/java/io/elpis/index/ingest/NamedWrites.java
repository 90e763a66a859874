package io.elpis.index.ingest;

import io.elpis.index.catalog.CatalogIndex;
import io.elpis.model.error.ElpisException;
import io.elpis.model.indices.NoSuchIndex;
import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.record.IdempotentOp;
import io.elpis.protocol.record.OpId;
import io.elpis.protocol.record.Outcome;
import io.elpis.protocol.session.LogPosition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes for other parts of this service, each under a name of its own: sent again under its name, also by another
 * instance, a write is applied once, and tells its first outcome while copies remember it. Creates no index, and writes
 * to none but the one that was meant, even if it is deleted and its name given to another.
 */
public final class NamedWrites {
    /** Whose names these are; no user's, which have no colon in them. */
    private static final String SUBJECT = "elpis:task";

    private final Ingest ingest;

    NamedWrites(Ingest ingest) {
        this.ingest = ingest;
    }

    /** What is to be done with a document. */
    public enum Action {
        INDEX,
        CREATE,
        DELETE,
        /** Merges the source into the document, unless that changes nothing. */
        UPDATE,
        /** Merges the source into the document, and writes it also where that changes nothing. */
        UPDATE_ALWAYS
    }

    /** What must hold when a write is applied. */
    public sealed interface Guard {
        record None() implements Guard {}

        /** Nobody has changed the document since. */
        record Unchanged(long seqNo, long primaryTerm) implements Guard {}

        /** @param type as in {@code version_type}: {@code external} or {@code external_gte} */
        record Version(long version, String type) implements Guard {}
    }

    /**
     * One write.
     *
     * @param name among all writes of this kind to the index
     * @param routing null: the id routes
     * @param source of a whole document, of an update a partial one; not looked at for a delete
     */
    public record Order(
            String name, Action action, String id, @Nullable String routing, byte[] source, Guard guard) {}

    /** How a write ended. */
    public sealed interface Result {
        record Applied(Outcome outcome) implements Result {}

        /** It may be stored and may still be applied: to be sent again. */
        record Undecided() implements Result {}

        /** Nothing was stored by this attempt. */
        record Refused(ElpisException reason) implements Result {}
    }

    /**
     * @param results in the orders' order
     * @param seen the positions in the log behind the writes
     */
    public record Written(List<Result> results, Map<ShardId, LogPosition> seen) {}

    /** @throws ElpisException when nothing at all was handed to the log */
    public Written write(String index, IndexUuid uuid, List<Order> orders, Duration timeout) {
        List<WriteRequest> requests =
                orders.stream().map(order -> request(index, order)).toList();
        List<Write> writes = ingest.writeNamed(requests, new Names(uuid, orders), timeout, Refresh.LATER)
                .writes();
        return new Written(writes.stream().map(write -> result(write.result())).toList(), Sessions.positions(writes));
    }

    /**
     * Whether a partial document fits an index as it is now; fields that it would add are not added yet.
     *
     * @throws ElpisException as for a document that does not fit
     */
    public static void checkFits(CatalogIndex index, byte[] partial) {
        DocumentParsing.parse(index, index.mapping(), "", BodyPart.whole(partial));
    }

    private static WriteRequest request(String index, Order order) {
        WriteKind kind = switch (order.action) {
            case INDEX -> WriteKind.INDEX;
            case CREATE -> WriteKind.CREATE;
            case DELETE -> WriteKind.DELETE;
            case UPDATE, UPDATE_ALWAYS -> WriteKind.UPDATE;
        };
        return new WriteRequest(
                kind,
                index,
                order.id,
                order.routing,
                switch (order.guard) {
                    case Guard.None() -> null;
                    case Guard.Unchanged(long seqNo, long term) -> Conditions.of(kind, seqNo, term, null, null);
                    case Guard.Version(long version, String type) -> Conditions.of(kind, null, null, version, type);
                },
                content(order));
    }

    private static WriteContent content(Order order) {
        return switch (order.action) {
            case INDEX, CREATE -> new WriteContent.Document(BodyPart.whole(order.source));
            case DELETE -> new WriteContent.Nothing();
            case UPDATE, UPDATE_ALWAYS ->
                new WriteContent.Change(BodyPart.whole(order.source), null, false, order.action == Action.UPDATE);
        };
    }

    private static Result result(WriteResult result) {
        return switch (result) {
            case WriteResult.Applied(Outcome outcome, long _) -> new Result.Applied(outcome);
            case WriteResult.Undecided _ -> new Result.Undecided();
            case WriteResult.Refused(ElpisException reason) -> new Result.Refused(reason);
        };
    }

    private record Names(IndexUuid uuid, List<Order> orders) implements OpNaming {
        @Override
        public OpId name(CatalogIndex index, int position) {
            if (!index.uuid().equals(uuid)) {
                throw NoSuchIndex.named(index.name().value());
            }
            IdempotencyKey key = new IdempotencyKey(SUBJECT, orders.get(position).name);
            return OpId.newBuilder()
                    .setIdempotent(
                            IdempotentOp.newBuilder().setKey(key.within(uuid)).setPosition(0))
                    .build();
        }

        @Override
        public boolean createsIndices() {
            return false;
        }
    }
}
