package io.elpis.index.log;

import com.google.errorprone.annotations.ThreadSafe;
import com.google.protobuf.ByteString;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.IndexUuid;
import io.elpis.protocol.record.ApplyLogicVersion;
import io.elpis.protocol.record.LogRecord;
import io.elpis.support.topology.NodeView;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Supplier;

/**
 * Raises the version of the apply logic of shards' logs before this writer first appends records that need it. Copies
 * on nodes that lack the version would stop at such a log, so all nodes that are known must have it.
 */
@ThreadSafe
public final class ApplyLogicAnnouncer {
    /** Partial updates came with it. */
    private static final int UPDATES = 2;

    private final Announcements announcements;
    private final Supplier<Collection<NodeView>> nodes;

    /** @param nodes those known now; none while not all have been heard */
    public ApplyLogicAnnouncer(RecordLog log, Duration patience, Supplier<Collection<NodeView>> nodes) {
        this.announcements = new Announcements("the version of the apply logic", log, patience);
        this.nodes = nodes;
    }

    /**
     * Returns once the index's partitions allow partial updates. Nodes are only asked where this writer has not raised
     * the version yet.
     *
     * @throws ElpisException ILLEGAL_ARGUMENT for an older node, SERVICE_UNAVAILABLE without any node, LOG_UNAVAILABLE;
     *     none of the caller's records has been handed over then
     */
    public void allowUpdates(IndexUuid index, Collection<LogPartition> partitions) {
        if (partitions.stream().allMatch(partition -> announcements.holds(UPDATES, partition))) {
            return;
        }
        checkNodes();
        announcements.announce(UPDATES, () -> record(index), partitions);
    }

    /** Forgets partitions of indices that are gone. */
    public void forget(String topic) {
        announcements.forget(topic);
    }

    /** How many partitions it remembers. */
    public int partitions() {
        return announcements.partitions();
    }

    private void checkNodes() {
        Collection<NodeView> known = nodes.get();
        if (known.isEmpty()) {
            throw new ElpisException(
                    ErrorCode.SERVICE_UNAVAILABLE,
                    "no query node is known that could say whether it supports updates; nothing was written");
        }
        for (NodeView view : known) {
            if (view.applyLogic() < UPDATES) {
                throw new ElpisException(
                        ErrorCode.ILLEGAL_ARGUMENT,
                        "[update] is not supported by node [" + view.node().name()
                                + "], which is of an older version; nothing was written");
            }
        }
    }

    private static LogRecord record(IndexUuid index) {
        return LogRecord.newBuilder()
                .setFormatVersion(RecordFormat.VERSION)
                .setIndexUuid(ByteString.copyFrom(index.bytes()))
                .setApplyLogic(ApplyLogicVersion.newBuilder().setVersion(UPDATES))
                .build();
    }
}
