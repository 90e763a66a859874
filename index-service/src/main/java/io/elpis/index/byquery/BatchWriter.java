package io.elpis.index.byquery;

import io.elpis.index.ingest.NamedWrites.Order;
import io.elpis.index.ingest.NamedWrites.Result;
import io.elpis.index.task.TaskControl;
import io.elpis.model.error.ElpisException;
import io.elpis.protocol.task.SourceShard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes a batch until each of its writes is decided: what was refused for the time being, or got no outcome, is sent again
 * under its name. After its patience, or once the task is cancelled, what is left stays as the last attempt left it.
 */
final class BatchWriter {
    /** One attempt to write what a source shard's documents lead to. */
    @FunctionalInterface
    interface Attempt {
        List<Result> write(SourceShard source, List<Order> orders);
    }

    private final Attempt attempt;
    private final Supplier<TaskControl> control;
    private final Timer timer;
    private final Duration patience;

    BatchWriter(Attempt attempt, Supplier<TaskControl> control, Timer timer, Duration patience) {
        this.attempt = attempt;
        this.control = control;
        this.timer = timer;
        this.patience = patience;
    }

    /** @param results in the orders' order */
    record Written(List<Result> results, int retries) {}

    Written write(SourceShard source, List<Order> orders) throws InterruptedException {
        Result[] results = new Result[orders.size()];
        List<Integer> open = new ArrayList<>();
        for (int at = 0; at < results.length; at++) {
            open.add(at);
        }
        Backoff backoff = new Backoff(timer, patience);
        int retries = 0;
        while (true) {
            attempt(source, orders, open, results);
            open.removeIf(at -> isDecided(results[at]));
            if (open.isEmpty() || backoff.exhausted() || control.get().cancelled()) {
                return new Written(Arrays.asList(results), retries);
            }
            backoff.pause();
            retries++;
        }
    }

    private void attempt(SourceShard source, List<Order> orders, List<Integer> open, @Nullable Result[] results) {
        List<Result> got;
        try {
            got = attempt.write(source, open.stream().map(orders::get).toList());
        } catch (ElpisException nothingHandedOver) {
            got = open.stream()
                    .<Result>map(_ -> new Result.Refused(nothingHandedOver))
                    .toList();
        }
        for (int at = 0; at < open.size(); at++) {
            results[open.get(at)] = atLeastUndecided(results[open.get(at)], got.get(at));
        }
    }

    /** An attempt that was refused takes nothing back of an earlier one that may have been stored. */
    private static Result atLeastUndecided(@Nullable Result before, Result now) {
        return before instanceof Result.Undecided && now instanceof Result.Refused ? before : now;
    }

    private static boolean isDecided(@Nullable Result result) {
        return switch (result) {
            case null -> false;
            case Result.Applied _ -> true;
            case Result.Undecided _ -> false;
            case Result.Refused(ElpisException reason) -> reason.code().isCallersFault();
        };
    }
}
