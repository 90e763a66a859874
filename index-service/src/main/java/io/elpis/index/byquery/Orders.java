package io.elpis.index.byquery;

import io.elpis.index.ingest.NamedWrites.Action;
import io.elpis.index.ingest.NamedWrites.Guard;
import io.elpis.index.ingest.NamedWrites.Order;
import io.elpis.protocol.scan.ScannedDocument;
import io.elpis.protocol.task.ByQueryRequest;
import io.elpis.protocol.task.PlannedDocument;
import io.elpis.protocol.task.SourceShard;

/** Makes the writes of a task. Their names follow from the task, the shard and the document alone. */
final class Orders {
    private static final byte[] NOTHING = new byte[0];

    /** No document ever has this number: sequence numbers count from 0. */
    private static final Guard NEVER = new Guard.Unchanged(Long.MAX_VALUE, 1);

    private final String task;
    private final ByQueryRequest request;
    private final byte[] partial;

    /** @param task its name */
    Orders(String task, ByQueryRequest request) {
        this.task = task;
        this.request = request;
        this.partial = request.getDoc().toByteArray();
    }

    Order of(SourceShard shard, ScannedDocument document) {
        String id = document.getAt().getId();
        String routing = document.getRouting();
        Guard unchanged = new Guard.Unchanged(document.getSeqNo(), document.getPrimaryTerm());
        return switch (request.getKind()) {
            case DELETE -> new Order(name(shard, id), Action.DELETE, id, routing, NOTHING, unchanged);
            case UPDATE ->
                new Order(
                        name(shard, id),
                        Action.INDEX,
                        id,
                        routing,
                        document.getSource().toByteArray(),
                        unchanged);
            case REINDEX ->
                new Order(
                        name(shard, id),
                        request.getDestination().getCreate() ? Action.CREATE : Action.INDEX,
                        id,
                        routing,
                        document.getSource().toByteArray(),
                        versioned(document));
            case MERGE ->
                new Order(
                        name(shard, id),
                        request.getDetectNoop() ? Action.UPDATE : Action.UPDATE_ALWAYS,
                        id,
                        routing,
                        partial,
                        unchanged);
            case KIND_UNSPECIFIED, UNRECOGNIZED -> throw new IllegalStateException("a task of no kind");
        };
    }

    private Guard versioned(ScannedDocument document) {
        String type = request.getDestination().getVersionType();
        return type.isEmpty() ? new Guard.None() : new Guard.Version(document.getVersion(), type);
    }

    /**
     * Asks what became of a write whose document has changed since. Under the name of that write: when it was applied, the
     * answer is its outcome; when it was not, this is a conflict, and should it still come it will be the same conflict.
     * Changes nothing either way.
     */
    Order question(SourceShard shard, PlannedDocument planned) {
        String id = planned.getAt().getId();
        return new Order(name(shard, id), Action.DELETE, id, planned.getRouting(), NOTHING, NEVER);
    }

    private String name(SourceShard shard, String id) {
        return task + '/' + shard.getIndex() + '/' + shard.getShard() + '/' + id;
    }
}
