package io.elpis.query.log;

import com.google.errorprone.annotations.ThreadSafe;
import io.elpis.query.replica.LogAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Where logs end, asked for one reader or for many at once. A log that did not answer is asked on, but nobody is made to
 * wait for it until it has answered again: its readers are told at once that it is silent.
 */
@ThreadSafe
final class LogEnds {
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(500);

    /** Logs of deleted indices are silent for ever: from here on all are forgotten, and learnt again. */
    private static final int MOST_SILENT = 10_000;

    private final OneAtATime<LogAddress> questions;
    private final LongSupplier nanoTime;

    /** When each silent log was last asked; logs that answer are not in it. */
    private final Map<LogAddress, Long> silentSince = new ConcurrentHashMap<>();

    /** @param ask answers or fails in the end */
    LogEnds(Function<LogAddress, CompletableFuture<Long>> ask, LongSupplier nanoTime) {
        this.questions = new OneAtATime<>(ask);
        this.nanoTime = nanoTime;
    }

    /** @return the offset behind the log's last entry, asked for after this call */
    CompletableFuture<Long> end(LogAddress log) {
        Long asked = silentSince.get(log);
        if (asked == null) {
            return ask(log);
        }
        long now = nanoTime.getAsLong();
        if (now - asked >= BETWEEN_QUESTIONS.toNanos() && silentSince.replace(log, asked, now)) {
            var unused = ask(log);
        }
        return CompletableFuture.failedFuture(new TimeoutException("the log " + log + " does not answer"));
    }

    private CompletableFuture<Long> ask(LogAddress log) {
        return questions.answer(log).whenComplete((_, failure) -> {
            if (failure == null) {
                silentSince.remove(log);
            } else {
                if (silentSince.size() >= MOST_SILENT) {
                    silentSince.clear();
                }
                silentSince.put(log, nanoTime.getAsLong());
            }
        });
    }
}
