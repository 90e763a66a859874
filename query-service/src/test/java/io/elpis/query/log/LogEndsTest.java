package io.elpis.query.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.query.replica.LogAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

final class LogEndsTest {
    private static final LogAddress LOG = new LogAddress("elpis.index.test", 0);
    private static final LogAddress OTHER = new LogAddress("elpis.index.test", 1);

    private final AtomicLong now = new AtomicLong();
    private final List<CompletableFuture<Long>> questions = new ArrayList<>();
    private final LogEnds ends = new LogEnds(
            _ -> {
                CompletableFuture<Long> question = new CompletableFuture<>();
                questions.add(question);
                return question;
            },
            now::get);

    @Test
    void readersWaitForALogThatAnswers() {
        CompletableFuture<Long> end = ends.end(LOG);
        assertThat(end).isNotDone();
        questions.getFirst().complete(7L);
        assertThat(end).isCompletedWithValue(7L);
        assertThat(ends.end(LOG)).isNotDone();
        assertThat(questions).hasSize(2);
    }

    @Test
    void nobodyWaitsForASilentLogThatIsAskedOn() {
        fallSilent();
        assertThat(ends.end(LOG)).isCompletedExceptionally();
        assertThat(questions).as("asked a moment ago").hasSize(1);
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(ends.end(LOG)).isCompletedExceptionally();
        assertThat(ends.end(LOG)).isCompletedExceptionally();
        assertThat(questions).hasSize(2);
        assertThat(ends.end(OTHER)).as("another log").isNotDone();
    }

    @Test
    void aLogThatAnswersAgainIsWaitedForAgain() {
        fallSilent();
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(ends.end(LOG)).isCompletedExceptionally();
        questions.get(1).complete(9L);
        CompletableFuture<Long> end = ends.end(LOG);
        assertThat(end).isNotDone();
        questions.get(2).complete(10L);
        assertThat(end).isCompletedWithValue(10L);
    }

    private void fallSilent() {
        CompletableFuture<Long> end = ends.end(LOG);
        questions.getFirst().completeExceptionally(new TimeoutException("no answer"));
        assertThat(end).isCompletedExceptionally();
    }
}
