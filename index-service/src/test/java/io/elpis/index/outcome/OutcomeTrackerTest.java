package io.elpis.index.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.record.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class OutcomeTrackerTest {
    private static final ShardId SHARD = new ShardId(new IndexUuid(new UUID(1, 1)), 0);

    private final Feed feed = new Feed();
    private final List<Long> heard = new ArrayList<>();
    private final List<Long> lost = new ArrayList<>();

    private final OutcomeTracker tracker =
            new OutcomeTracker(feed, new OutcomeProperties(10, Duration.ofSeconds(60), Duration.ofNanos(1)));

    private record Started(long from, String except, OutcomeFeed.Listener listener) {}

    private static final class Feed implements OutcomeFeed {
        final List<Started> started = new ArrayList<>();
        int cancelled;
        int asked;
        boolean copies = true;

        @Override
        public Optional<Following> follow(
                ShardId shard, long generation, long fromOffset, String except, Listener listener) {
            asked++;
            if (!copies) {
                return Optional.empty();
            }
            started.add(new Started(fromOffset, except, listener));
            String node = "query-" + started.size();
            return Optional.of(new Following() {
                @Override
                public String node() {
                    return node;
                }

                @Override
                public void cancel() {
                    cancelled++;
                }
            });
        }
    }

    @Test
    void oneStreamServesAllWritersOfAShard() {
        await(5);
        await(6);
        feed.started.getFirst().listener().outcome(5, outcome());
        feed.started.getFirst().listener().outcome(6, outcome());

        assertThat(heard).containsExactly(5L, 6L);
        assertThat(feed.started)
                .singleElement()
                .satisfies(stream -> assertThat(stream.from()).isEqualTo(5));
    }

    @Test
    void anOutcomeThatComesBeforeItsWriterIsKept() {
        await(5);
        feed.started.getFirst().listener().outcome(5, outcome());
        feed.started.getFirst().listener().outcome(6, outcome());
        await(6);

        assertThat(heard).containsExactly(5L, 6L);
    }

    @Test
    void whenACopyDiesAnotherIsFollowedFromTheOldestThatWaits() {
        await(5);
        await(6);
        feed.started.getFirst().listener().outcome(5, outcome());
        feed.started.getFirst().listener().ended("killed");
        tracker.tick();

        assertThat(feed.started).hasSize(2);
        assertThat(feed.started.getLast().from()).isEqualTo(6);
        assertThat(feed.started.getLast().except()).isEqualTo("query-1");
        feed.started.getLast().listener().outcome(6, outcome());
        assertThat(heard).containsExactly(5L, 6L);
    }

    @Test
    void aSilentCopyIsLeft() {
        OutcomeTracker impatient =
                new OutcomeTracker(feed, new OutcomeProperties(10, Duration.ofNanos(-1), Duration.ofSeconds(60)));
        impatient.await(SHARD, 1, 5, new Heard(5));
        impatient.tick();

        assertThat(feed.started).hasSize(2);
        assertThat(feed.cancelled).isEqualTo(1);
        assertThat(feed.started.getLast().except()).isEqualTo("query-1");
    }

    @Test
    void aCopyIsNotSilentWhileNobodyWaits() {
        ShardOutcomes outcomes = new ShardOutcomes(SHARD, 1, feed);
        outcomes.await(5, new Heard(5), 0);
        outcomes.giveUp(5);
        outcomes.await(6, new Heard(6), 1000);
        outcomes.tick(1005, 10, 10_000);
        assertThat(feed.started).hasSize(1);
        outcomes.tick(1011, 10, 10_000);
        assertThat(feed.started).hasSize(2);
    }

    @Test
    void eachSilentCopyBuysTheNextOneMoreTime() {
        ShardOutcomes outcomes = new ShardOutcomes(SHARD, 1, feed);
        outcomes.await(5, new Heard(5), 0);
        outcomes.tick(11, 10, 1_000);
        assertThat(feed.started).hasSize(2);
        outcomes.tick(30, 10, 1_000);
        assertThat(feed.started).as("now twice as patient").hasSize(2);
        outcomes.tick(32, 10, 1_000);
        assertThat(feed.started).hasSize(3);
    }

    @Test
    void withoutACopyEachTickLooksAgain() {
        feed.copies = false;
        await(5);
        tracker.tick();
        assertThat(feed.started).isEmpty();
        feed.copies = true;
        tracker.tick();
        feed.started.getFirst().listener().outcome(5, outcome());
        assertThat(heard).containsExactly(5L);
    }

    @Test
    void whoGaveUpIsNotCalledAndAnIdleShardIsLeft() {
        await(5);
        tracker.giveUp(SHARD, 1, 5);
        feed.started.getFirst().listener().outcome(5, outcome());
        assertThat(heard).isEmpty();
        tracker.tick();
        tracker.tick();
        assertThat(feed.cancelled).isEqualTo(1);
    }

    @Test
    void whatOneCopyForgotAnotherMayRemember() {
        await(5);
        feed.started.getFirst().listener().forgotten();
        tracker.tick();

        assertThat(feed.started.getLast().except()).isEqualTo("query-1");
        feed.started.getLast().listener().outcome(5, outcome());
        assertThat(heard).containsExactly(5L);
        assertThat(lost).isEmpty();
    }

    @Test
    void writersOlderThanWhatCopiesRememberAreLetGoAndTheOthersHeard() {
        for (long offset = 1; offset <= 20; offset++) {
            await(offset);
        }
        for (int round = 0; feed.started.getLast().from() < 10 && round < 20; round++) {
            feed.started.getLast().listener().forgotten();
            tracker.tick();
        }
        long from = feed.started.getLast().from();
        assertThat(from).isBetween(10L, 19L);
        assertThat(lost).hasSize((int) from - 1).startsWith(1L, 2L);
        feed.started.getLast().listener().outcome(from, outcome());
        assertThat(heard).containsExactly(from);
    }

    @Test
    void aCrowdWithoutACopyAsksForOneOnceATick() {
        feed.copies = false;
        for (long offset = 0; offset < 1000; offset++) {
            await(offset);
        }
        assertThat(feed.asked).isEqualTo(1);
        tracker.tick();
        assertThat(feed.asked).isEqualTo(2);
    }

    @Test
    void aRecordOlderThanTheStreamIsFetchedAgain() {
        await(5);
        feed.started.getFirst().listener().outcome(5, outcome());
        feed.started.getFirst().listener().outcome(6 + 4096, outcome());
        await(6 + 4097);
        await(6);
        tracker.tick();
        assertThat(feed.started.getLast().from()).isEqualTo(6);
    }

    @Test
    void roomForWaitingWritesIsBounded() {
        assertThat(tracker.reserve(10)).isTrue();
        assertThat(tracker.reserve(1)).isFalse();
        tracker.release(10);
        assertThat(tracker.reserve(1)).isTrue();
    }

    private void await(long offset) {
        tracker.await(SHARD, 1, offset, new Heard(offset));
    }

    private final class Heard implements OutcomeTracker.Waiter {
        private final long offset;

        Heard(long offset) {
            this.offset = offset;
        }

        @Override
        public void outcome(Outcome outcome) {
            heard.add(offset);
        }

        @Override
        public void lost() {
            lost.add(offset);
        }
    }

    private static Outcome outcome() {
        return Outcome.newBuilder().setResult(Outcome.Result.CREATED).build();
    }
}
