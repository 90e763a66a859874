package io.elpis.index.outcome;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.elpis.index.outcome.OutcomeFeed.Following;
import io.elpis.index.outcome.OutcomeTracker.Waiter;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.record.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One shard's waiting writers and the copy that is followed for them.
 *
 * <p>Idle → (a writer waits) Following a copy → (it ends, or says nothing for too long) Following another, or, when
 * there is none, Searching at each tick → … → (nobody waits for a while) Idle.
 */
final class ShardOutcomes {
    private static final int MOST_PATIENCE = 16;

    private final ShardId shard;
    private final long generation;
    private final OutcomeFeed feed;

    @GuardedBy("this")
    private final NavigableMap<Long, Waiter> waiting = new TreeMap<>();

    @GuardedBy("this")
    private RecentOutcomes recent = new RecentOutcomes();

    @GuardedBy("this")
    private @Nullable Stream stream;

    /** Nobody has asked for outcomes since. */
    @GuardedBy("this")
    private long idleSince;

    @GuardedBy("this")
    private String lastNode = "";

    /** How many times the stall limit a copy may be silent; doubled by each that was, so that slow ones get a say. */
    @GuardedBy("this")
    private int patience = 1;

    /** The copies asked since the last outcome that did not remember the oldest record waited for. */
    @GuardedBy("this")
    private int forgetful;

    private final class Stream implements OutcomeFeed.Listener {
        @Nullable
        Following following;

        long next;
        long heardAt;
        boolean over;

        Stream(long next, long now) {
            this.next = next;
            this.heardAt = now;
        }

        @Override
        public void outcome(long offset, Outcome outcome) {
            arrived(this, offset, outcome);
        }

        @Override
        public void ended(String reason) {
            over(this);
        }

        @Override
        public void forgotten() {
            forgot(this);
        }
    }

    ShardOutcomes(ShardId shard, long generation, OutcomeFeed feed) {
        this.shard = shard;
        this.generation = generation;
        this.feed = feed;
    }

    /** Calls the waiter at once or later, unless it is given up before. */
    void await(long offset, Waiter waiter, long now) {
        Outcome known;
        synchronized (this) {
            known = recent.find(offset);
            if (known == null) {
                boolean first = waiting.isEmpty();
                waiting.put(offset, waiter);
                // For those who come after it the next tick is soon enough; here, on the log's thread, a crowd is not.
                Stream running = stream;
                if (first && (running == null || running.over || running.next > offset)) {
                    follow(now, running != null && running.over ? lastNode : "");
                } else if (first && running != null) {
                    // Silent until now because nobody wrote.
                    running.heardAt = now;
                }
            }
        }
        if (known != null) {
            waiter.outcome(known);
        }
    }

    synchronized void giveUp(long offset) {
        waiting.remove(offset);
    }

    /** @return whether nobody has waited for so long that this may be forgotten */
    synchronized boolean tick(long now, long stallNanos, long idleNanos) {
        if (waiting.isEmpty()) {
            if (idleSince == 0) {
                idleSince = now == 0 ? 1 : now;
            }
            if (now - idleSince > idleNanos) {
                stop();
                return true;
            }
            return false;
        }
        idleSince = 0;
        Stream running = stream;
        if (running == null || running.over) {
            follow(now, lastNode);
        } else if (running.next > waiting.firstKey()) {
            follow(now, "");
        } else if (now - running.heardAt > stallNanos * patience) {
            patience = Math.min(patience * 2, MOST_PATIENCE);
            follow(now, lastNode);
        }
        return false;
    }

    synchronized int size() {
        return waiting.size();
    }

    @GuardedBy("this")
    private void follow(long now, String except) {
        stop();
        long from = waiting.firstKey();
        Stream started = new Stream(from, now);
        Optional<Following> following = feed.follow(shard, generation, from, except, started);
        if (following.isPresent()) {
            started.following = following.get();
            lastNode = following.get().node();
            stream = started;
        }
    }

    @GuardedBy("this")
    private void stop() {
        Stream running = stream;
        stream = null;
        if (running != null && running.following != null) {
            running.following.cancel();
        }
    }

    private void arrived(Stream from, long offset, Outcome outcome) {
        Waiter waiter;
        synchronized (this) {
            waiter = waiting.remove(offset);
            recent.add(offset, outcome);
            from.next = Math.max(from.next, offset + 1);
            from.heardAt = OutcomeTracker.now();
            patience = 1;
            forgetful = 0;
        }
        if (waiter != null) {
            waiter.outcome(outcome);
        }
    }

    /** The next tick follows another copy. */
    private synchronized void over(Stream ended) {
        ended.over = true;
    }

    /**
     * One copy may have forgotten what another remembers, so the next tick asks another. When that one has forgotten as
     * well, the oldest writers are told that it will stay unknown: one, then two, then four, until a copy remembers all
     * that are left.
     */
    private void forgot(Stream ended) {
        List<Waiter> lost = new ArrayList<>();
        synchronized (this) {
            if (ended.over) {
                return;
            }
            ended.over = true;
            forgetful++;
            for (int left = forgetful < 2 ? 0 : 1 << Math.min(forgetful - 2, 20);
                    left > 0 && !waiting.isEmpty();
                    left--) {
                lost.add(waiting.pollFirstEntry().getValue());
            }
        }
        lost.forEach(Waiter::lost);
    }

    synchronized void close() {
        stop();
        recent = new RecentOutcomes();
    }
}
