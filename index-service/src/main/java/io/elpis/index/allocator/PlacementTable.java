package io.elpis.index.allocator;

import com.google.protobuf.ByteString;
import io.elpis.index.log.LogPartition;
import io.elpis.index.placement.Copies;
import io.elpis.index.placement.Role;
import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.node.ShardLog;
import io.elpis.protocol.placement.AllocatorSign;
import io.elpis.protocol.placement.Assignment;
import io.elpis.protocol.placement.PlacementRecord;
import io.elpis.protocol.placement.ShardPlacement;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the placement log says so far. Owned by one thread. */
final class PlacementTable {
    /** @param deleted the index is gone and the shard has no copies */
    record Placed(LogPartition log, Copies copies, boolean deleted) {}

    private final Map<ShardId, Placed> shards = new TreeMap<>();
    private @Nullable AllocatorSign lastSign;
    private long highestEpoch;

    void apply(PlacementRecord record) {
        switch (record.getBodyCase()) {
            case ALLOCATOR -> {
                lastSign = record.getAllocator();
                highestEpoch = Math.max(highestEpoch, record.getAllocator().getEpoch());
            }
            case SHARD -> apply(record.getShard());
            case BODY_NOT_SET -> {}
        }
    }

    private void apply(ShardPlacement placement) {
        highestEpoch = Math.max(highestEpoch, placement.getAllocatorEpoch());
        ShardLog log = placement.getLog();
        Map<String, Role> byNode = new LinkedHashMap<>();
        for (Assignment copy : placement.getCopiesList()) {
            byNode.put(copy.getNode(), copy.getRole() == Assignment.Role.LEAVING ? Role.LEAVING : Role.HOLDER);
        }
        shards.put(
                new ShardId(IndexUuid.ofBytes(placement.getIndexUuid().toByteArray()), placement.getShard()),
                new Placed(
                        new LogPartition(log.getTopic(), log.getPartition(), log.getGeneration()),
                        new Copies(byNode),
                        placement.getDeleted()));
    }

    Map<ShardId, Placed> shards() {
        return Collections.unmodifiableMap(shards);
    }

    @Nullable
    AllocatorSign lastSign() {
        return lastSign;
    }

    long highestEpoch() {
        return highestEpoch;
    }

    static PlacementRecord sign(String instance, long epoch, long beat) {
        return PlacementRecord.newBuilder()
                .setAllocator(AllocatorSign.newBuilder()
                        .setInstance(instance)
                        .setEpoch(epoch)
                        .setBeat(beat))
                .build();
    }

    static PlacementRecord placement(ShardId shard, Placed placed, long epoch) {
        ShardPlacement.Builder placement = ShardPlacement.newBuilder()
                .setIndexUuid(ByteString.copyFrom(shard.index().bytes()))
                .setShard(shard.shard())
                .setAllocatorEpoch(epoch)
                .setDeleted(placed.deleted())
                .setLog(ShardLog.newBuilder()
                        .setShard(shard.shard())
                        .setTopic(placed.log().topic())
                        .setPartition(placed.log().partition())
                        .setGeneration(placed.log().generation()));
        placed.copies()
                .byNode()
                .forEach((node, role) -> placement.addCopies(Assignment.newBuilder()
                        .setNode(node)
                        .setRole(
                                switch (role) {
                                    case HOLDER -> Assignment.Role.HOLDER;
                                    case LEAVING -> Assignment.Role.LEAVING;
                                })));
        return PlacementRecord.newBuilder().setShard(placement).build();
    }
}
