package io.elpis.query.placement;

import com.google.protobuf.InvalidProtocolBufferException;
import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.node.ShardLog;
import io.elpis.protocol.placement.PlacementRecord;
import io.elpis.protocol.placement.ShardPlacement;
import io.elpis.query.log.TopicTable;
import io.elpis.query.replica.CopyPlan;
import io.elpis.query.replica.LogAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the placement log for this node. Until the log has been read to its end once, decisions are only collected: a
 * compacted log still holds outdated ones, and acting on them would build copies in vain.
 */
public final class PlacementReader implements TopicTable.Reader {
    public static final String TOPIC = "elpis.placement";

    private static final Logger LOG = LoggerFactory.getLogger(PlacementReader.class);

    private final String node;
    private final NodeCopies copies;
    private final Map<ShardId, ShardPlacement> collected = new LinkedHashMap<>();
    private volatile boolean caughtUp;

    /** @param node this node's name in the placement */
    public PlacementReader(String node, NodeCopies copies) {
        this.node = node;
        this.copies = copies;
    }

    @Override
    public void read(String key, byte[] value) {
        PlacementRecord record;
        try {
            record = PlacementRecord.parseFrom(value);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("unreadable placement record " + key, e);
        }
        if (!record.hasShard()) {
            return;
        }
        ShardPlacement placement = record.getShard();
        ShardId shard = new ShardId(IndexUuid.ofBytes(placement.getIndexUuid().toByteArray()), placement.getShard());
        if (caughtUp) {
            follow(shard, placement);
        } else {
            collected.put(shard, placement);
        }
    }

    @Override
    public void caughtUp() {
        collected.forEach(this::tryToFollow);
        collected.clear();
        copies.sweep();
        caughtUp = true;
    }

    /** What goes wrong with one shard is no reason to do without the others. */
    private void tryToFollow(ShardId shard, ShardPlacement placement) {
        try {
            follow(shard, placement);
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).addKeyValue("shard", shard).log("placement not followed");
        }
    }

    /** Whether this node knows what it is to hold. */
    public boolean isCaughtUp() {
        return caughtUp;
    }

    private void follow(ShardId shard, ShardPlacement placement) {
        boolean mine = !placement.getDeleted()
                && placement.getCopiesList().stream()
                        .anyMatch(copy -> copy.getNode().equals(node));
        if (mine) {
            ShardLog log = placement.getLog();
            copies.hold(new CopyPlan(shard, new LogAddress(log.getTopic(), log.getPartition()), log.getGeneration()));
        } else {
            copies.drop(shard);
        }
    }
}
