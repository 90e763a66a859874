package io.elpis.index.refresh;

import io.elpis.model.schema.ShardId;
import java.time.Duration;
import java.util.Collection;

/** Asks copies to refresh. */
public interface Refresher {
    /** @param lastOffset of the record that must be visible; negative: all the log holds now */
    record Target(ShardId shard, long generation, long lastOffset) {
        public static Target everything(ShardId shard, long generation) {
            return new Target(shard, generation, -1);
        }
    }

    /** Whether copies refresh at once, or only show with their next refresh what was wanted. */
    enum How {
        NOW,
        AWAITED
    }

    /**
     * Copies asked, not shards: what did not answer in time has failed.
     *
     * @param forced of the successful, those that refreshed because they were asked
     */
    record Refreshed(int successful, int failed, int forced) {}

    /** Waits until every serving copy of the shards has answered, or that long. */
    Refreshed refresh(Collection<Target> targets, How how, Duration atMost);
}
