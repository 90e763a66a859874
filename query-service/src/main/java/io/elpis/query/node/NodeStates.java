package io.elpis.query.node;

import io.elpis.protocol.node.CopyState;
import io.elpis.protocol.node.NodeLoad;
import io.elpis.protocol.node.NodeState;
import io.elpis.protocol.node.ShardWire;
import io.elpis.protocol.record.Position;
import io.elpis.query.catalog.NodeCatalog;
import io.elpis.query.placement.NodeCopies;
import io.elpis.query.replica.ApplyLogic;
import io.elpis.query.replica.CopyPhase;
import io.elpis.query.replica.CopyStatus;
import io.elpis.query.replica.HostedCopy;
import io.elpis.query.search.SearchPool;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Puts this node's state into words. */
final class NodeStates {
    private final NodeIdentity identity;
    private final NodeCopies copies;
    private final NodeCatalog catalog;
    private final SearchPool pool;
    private final LongSupplier diskFree;
    private final AtomicLong sequence = new AtomicLong();

    NodeStates(NodeIdentity identity, NodeCopies copies, NodeCatalog catalog, SearchPool pool, LongSupplier diskFree) {
        this.identity = identity;
        this.copies = copies;
        this.catalog = catalog;
        this.pool = pool;
        this.diskFree = diskFree;
    }

    NodeState now() {
        NodeState.Builder state = NodeState.newBuilder()
                .setNode(identity.name())
                .setZone(identity.zone())
                .setIncarnation(identity.incarnation())
                .setSequence(sequence.incrementAndGet())
                .setCatalogVersion(catalog.version())
                .setLoad(load().setDiskFreeBytes(diskFree.getAsLong()))
                .setDraining(copies.isDraining())
                .setApplyLogic(ApplyLogic.LATEST.version());
        for (HostedCopy copy : copies.all()) {
            state.addCopies(copy(copy));
        }
        return state.build();
    }

    /** Cheap enough to ride on every response. */
    NodeLoad.Builder load() {
        return NodeLoad.newBuilder()
                .setQueuedSearches(pool.waiting())
                .setActiveSearches(pool.active())
                .setSearchMicros(pool.averageMicros());
    }

    private static CopyState copy(HostedCopy copy) {
        CopyStatus status = copy.status();
        return CopyState.newBuilder()
                .setShard(ShardWire.write(copy.plan().shard()))
                .setState(state(status.phase()))
                .setApplied(position(status.generation(), status.nextOffset()))
                .setVisible(position(status.generation(), status.visibleOffset()))
                .setLogEnd(status.logEnd())
                .setDocuments(status.documents())
                .setSizeBytes(status.sizeInBytes())
                .setReason(status.reason())
                .setNextSeqNo(status.nextSeqNo())
                .setFirstTombstone(status.firstTombstone())
                .build();
    }

    static Position position(long generation, long offset) {
        return Position.newBuilder().setGeneration(generation).setOffset(offset).build();
    }

    private static CopyState.State state(CopyPhase phase) {
        return switch (phase) {
            case RECOVERING -> CopyState.State.RECOVERING;
            case SERVING -> CopyState.State.SERVING;
            case DRAINING -> CopyState.State.DRAINING;
            case FAILED -> CopyState.State.FAILED;
        };
    }
}
