package io.elpis.query.replica;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is open of a copy, if anything is, and those who wait for it to get on. The copy's lane alone opens and ends;
 * anybody may look.
 */
final class OpenCopy {
    private static final Logger LOG = LoggerFactory.getLogger(OpenCopy.class);

    /** Who waits until something is applied. */
    final PositionWaiters waiters = new PositionWaiters();

    /** Who waits until something is visible because of a refresh that comes anyway. */
    final PositionWaiters viewers = new PositionWaiters();

    final AppliedListeners listeners = new AppliedListeners();

    private volatile long memory = Long.MAX_VALUE;
    private volatile @Nullable Opened opened;

    @Nullable
    Opened now() {
        return opened;
    }

    @Nullable
    ShardCopy copy() {
        Opened now = opened;
        return now == null ? null : now.copy;
    }

    boolean is(Opened one) {
        return opened == one;
    }

    void begin(Opened next) {
        next.copy.limitMemory(memory);
        waiters.startAt(next, next.copy.nextOffset());
        viewers.startAt(next, next.copy.visibleOffset());
        opened = next;
    }

    /** How much memory may be used for what is not in a segment yet, by what is open and by what will be. */
    void limitMemory(long bytes) {
        memory = bytes;
        ShardCopy copy = copy();
        if (copy != null) {
            copy.limitMemory(bytes);
        }
    }

    /** Those who have waited are told why they wait in vain; nothing is committed. */
    void end(String why) {
        Opened ending = opened;
        opened = null;
        if (ending != null) {
            listeners.tell();
            ending.feed.close();
        }
        waiters.fail(new IOException(why));
        viewers.fail(new IOException(why));
        if (ending != null) {
            close(ending.copy);
        }
    }

    private static void close(ShardCopy copy) {
        try {
            copy.close();
        } catch (IOException | RuntimeException e) {
            LOG.atWarn().setCause(e).addKeyValue("shard", copy.log().shard()).log("copy not closed in order");
        }
    }
}
