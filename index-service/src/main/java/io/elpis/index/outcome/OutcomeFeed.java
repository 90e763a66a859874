package io.elpis.index.outcome;

import io.elpis.model.schema.ShardId;
import io.elpis.protocol.record.Outcome;
import java.util.Optional;

/** Where outcomes come from: some serving copy of the shard. */
public interface OutcomeFeed {
    /**
     * Starts to follow a copy; does not block.
     *
     * @param fromOffset of the first record wanted
     * @param except a copy's node that was found wanting; taken only if there is no other
     * @return empty when no copy serves now; the listener is never called then
     */
    Optional<Following> follow(ShardId shard, long generation, long fromOffset, String except, Listener listener);

    /** Called one at a time, never after the following was cancelled for longer than a race takes. */
    interface Listener {
        void outcome(long offset, Outcome outcome);

        void ended(String reason);

        /** It ended because the copy does not remember what comes next, or follows another log. */
        void forgotten();
    }

    interface Following {
        String node();

        void cancel();
    }
}
