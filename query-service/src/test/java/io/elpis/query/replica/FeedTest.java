package io.elpis.query.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.model.schema.IndexUuid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class FeedTest {
    private static final LogAddress LOG = new LogAddress("elpis.index.test", 0);

    private final List<String> asked = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private Runnable onPause = () -> {};
    private Thread taker = Thread.currentThread();
    private final Feed feed = new Feed(1_000, new Feed.Listener() {
        @Override
        public void arrived(Feed from) {
            told.add("arrived");
        }

        @Override
        public void broken(Feed from, String reason) {
            told.add(reason);
        }

        @Override
        public void failed(Feed from, Throwable failure) {
            told.add("failed");
        }
    });

    private void open() {
        feed.open(new Source(), LOG, 0, -1);
    }

    private void receive(int size) {
        feed.receive(List.of(new LogEntry(0, 0, new byte[size])), 7);
    }

    @Test
    void aFullFeedPausesTheLogAndAnEmptiedOneResumesIt() {
        open();
        receive(600);
        assertThat(asked).isEmpty();
        receive(600);
        assertThat(asked).containsExactly("pause");
        feed.take(1);
        assertThat(asked).containsExactly("pause");
        feed.take(1);
        assertThat(asked).containsExactly("pause", "resume");
        assertThat(feed.isEmpty()).isTrue();
        assertThat(feed.logEnd()).isEqualTo(7);
    }

    /** The applying thread takes everything while the log's thread is about to ask for a pause. */
    @Test
    void aFeedEmptiedAtTheMomentOfThePauseIsResumedAfterIt() {
        onPause = () -> {
            Thread taking = Thread.ofVirtual().start(() -> feed.take(10));
            waitUntilBlockedOrDone(taking);
            taker = taking;
        };
        open();
        receive(2_000);
        join(taker);
        assertThat(asked).last().isEqualTo("resume");
    }

    @Test
    void whatCameBeforeTheFollowingWasKnownPausesItToo() {
        receive(2_000);
        open();
        assertThat(asked).containsExactly("pause");
    }

    @Test
    void aClosedFeedTakesNothingIn() {
        open();
        receive(600);
        feed.close();
        receive(600);
        assertThat(feed.isEmpty()).isTrue();
        assertThat(asked).containsExactly("close");
        assertThat(told).containsExactly("arrived");
    }

    @Test
    void aFeedClosedBeforeItsFollowingIsKnownClosesIt() {
        feed.close();
        open();
        assertThat(asked).containsExactly("close");
    }

    private static void waitUntilBlockedOrDone(Thread thread) {
        while (thread.getState() == Thread.State.NEW || thread.getState() == Thread.State.RUNNABLE) {
            Thread.onSpinWait();
        }
    }

    private static void join(Thread thread) {
        try {
            assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private final class Source implements LogSource {
        @Override
        public Following follow(LogAddress log, long offset, int leaderEpoch, LogReceiver receiver) {
            return new Following() {
                @Override
                public void pause() {
                    onPause.run();
                    asked.add("pause");
                }

                @Override
                public void resume() {
                    asked.add("resume");
                }

                @Override
                public void close() {
                    asked.add("close");
                }
            };
        }

        @Override
        public CompletableFuture<Long> end(LogAddress log) {
            return new CompletableFuture<>();
        }

        @Override
        public CompletableFuture<Long> barrier(LogAddress log, IndexUuid index) {
            return new CompletableFuture<>();
        }

        @Override
        public CompletableFuture<UUID> topicId(LogAddress log) {
            return new CompletableFuture<>();
        }
    }
}
