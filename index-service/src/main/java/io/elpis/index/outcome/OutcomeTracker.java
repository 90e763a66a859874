package io.elpis.index.outcome;

import com.google.errorprone.annotations.ThreadSafe;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.record.Outcome;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Tells writers what became of their records. */
@ThreadSafe
public final class OutcomeTracker {
    private final OutcomeFeed feed;
    private final OutcomeProperties properties;
    private final Map<Log, ShardOutcomes> shards = new ConcurrentHashMap<>();
    private final AtomicInteger reserved = new AtomicInteger();

    private record Log(ShardId shard, long generation) {}

    /** Who waits for one record's outcome. */
    public interface Waiter {
        /** Of both only one is called, once at most, on a transport's thread; must not block. */
        void outcome(Outcome outcome);

        /** The record is older than what copies remember: nobody can tell any more what became of it. */
        void lost();
    }

    public OutcomeTracker(OutcomeFeed feed, OutcomeProperties properties) {
        this.feed = feed;
        this.properties = properties;
    }

    /** Takes room for writes that will wait; false when there is not enough, and nothing is taken then. */
    public boolean reserve(int writes) {
        if (reserved.addAndGet(writes) > properties.maxPending() && writes > 0) {
            reserved.addAndGet(-writes);
            return false;
        }
        return true;
    }

    public void release(int writes) {
        reserved.addAndGet(-writes);
    }

    /** How many writes may wait at one time. */
    public int capacity() {
        return properties.maxPending();
    }

    public int reserved() {
        return reserved.get();
    }

    public void await(ShardId shard, long generation, long offset, Waiter waiter) {
        // Under the map's lock for the key, so that an entry is not forgotten while a writer comes in.
        shards.compute(new Log(shard, generation), (_, known) -> {
            ShardOutcomes outcomes = known == null ? new ShardOutcomes(shard, generation, feed) : known;
            outcomes.await(offset, waiter, now());
            return outcomes;
        });
    }

    /** The waiter will not be called any more, but for a call under way. */
    public void giveUp(ShardId shard, long generation, long offset) {
        ShardOutcomes outcomes = shards.get(new Log(shard, generation));
        if (outcomes != null) {
            outcomes.giveUp(offset);
        }
    }

    /** To be called some times a second: looks for copies where there was none, and leaves those that fell silent. */
    public void tick() {
        long now = now();
        for (Log log : shards.keySet()) {
            shards.computeIfPresent(
                    log,
                    (_, outcomes) -> outcomes.tick(
                                    now,
                                    properties.stall().toNanos(),
                                    properties.idle().toNanos())
                            ? null
                            : outcomes);
        }
    }

    public void close() {
        shards.values().forEach(ShardOutcomes::close);
    }

    static long now() {
        return System.nanoTime();
    }
}
