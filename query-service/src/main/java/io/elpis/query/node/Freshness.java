package io.elpis.query.node;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.node.GetRequest;
import io.elpis.protocol.node.SearchRequest;
import io.elpis.protocol.node.ShardWire;
import io.elpis.protocol.scan.ScanRequest;
import io.elpis.protocol.session.LogPosition;
import io.elpis.query.replica.HostedCopy;
import io.elpis.query.replica.ShardCopy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Brings copies to where the caller of a read wants them before it runs: past a barrier, or past what the caller has
 * seen elsewhere. Nobody's thread waits.
 */
final class Freshness {
    private final Function<ShardId, @Nullable HostedCopy> copies;

    Freshness(Function<ShardId, @Nullable HostedCopy> copies) {
        this.copies = copies;
    }

    static boolean asked(SearchRequest request) {
        return request.getStrong() || request.getAtLeastCount() > 0;
    }

    /**
     * Never fails.
     *
     * @return the shards, by their place in the request, that did not get there in time, and why
     */
    CompletableFuture<Map<Integer, ElpisException>> forSearch(SearchRequest request, Duration patience) {
        Map<Integer, ElpisException> behind = new ConcurrentHashMap<>();
        CompletableFuture<?>[] waits = new CompletableFuture<?>[request.getShardsCount()];
        for (int at = 0; at < waits.length; at++) {
            int ordinal = at;
            ShardId shard = ShardWire.read(request.getShards(at));
            LogPosition wanted = at < request.getAtLeastCount() ? LogPosition.read(request.getAtLeast(at)) : null;
            waits[at] = searchable(shard, request.getStrong(), wanted, patience).exceptionally(failure -> {
                behind.put(ordinal, told(shard, failure));
                return null;
            });
        }
        return CompletableFuture.allOf(waits).thenApply(_ -> behind);
    }

    private CompletableFuture<?> searchable(
            ShardId shard, boolean strong, @Nullable LogPosition wanted, Duration patience) {
        HostedCopy hosted = copies.apply(shard);
        if (hosted == null || !hosted.isServing()) {
            // The search itself tells what is not here.
            return CompletableFuture.completedFuture(null);
        }
        if (strong) {
            return barrier(hosted, wanted, patience).thenCompose(end -> end.visible(hosted));
        }
        return wanted == null
                ? CompletableFuture.completedFuture(null)
                : seen(hosted, wanted, patience).thenCompose(end -> end.visible(hosted));
    }

    /**
     * An offset that a reader wants to see the records before.
     *
     * @param why the reader wants that, for a message
     * @param deadline in nanoseconds of the JVM's clock
     */
    private record End(long offset, String why, long deadline) {
        CompletableFuture<Long> visible(HostedCopy hosted) {
            return told(hosted, hosted.catchUp().visible(offset, left()));
        }

        CompletableFuture<Long> applied(HostedCopy hosted) {
            return told(hosted, hosted.catchUp().applied(offset, left()));
        }

        private Duration left() {
            return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
        }

        private CompletableFuture<Long> told(HostedCopy hosted, CompletableFuture<Long> reached) {
            return reached.exceptionallyCompose(_ -> CompletableFuture.failedFuture(behind(hosted)));
        }

        private ElpisException behind(HostedCopy hosted) {
            ShardCopy copy = hosted.copy();
            String applied = copy == null
                    ? "is not open now"
                    : "has applied up to " + copy.nextOffset() + ", " + Math.max(0, offset - copy.nextOffset())
                            + " records less";
            return new ElpisException(
                    ErrorCode.COPY_BEHIND,
                    "shard [" + hosted.plan().shard() + "] is behind here: " + why + " everything before offset "
                            + offset + ", this copy " + applied);
        }
    }

    private static CompletableFuture<End> seen(HostedCopy hosted, LogPosition wanted, Duration patience) {
        return offset(hosted, wanted)
                .thenApply(offset -> new End(offset, "the session has seen", System.nanoTime() + patience.toNanos()));
    }

    /** @param wanted only its generation counts: the barrier comes after all else */
    private static CompletableFuture<End> barrier(HostedCopy hosted, @Nullable LogPosition wanted, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        CompletableFuture<Long> followed =
                wanted == null ? CompletableFuture.completedFuture(0L) : offset(hosted, wanted);
        return followed.thenCompose(_ -> hosted.catchUp()
                .barrier(patience)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(silent(hosted, failure)))
                .thenApply(offset -> new End(offset, "a strong read has to see", deadline)));
    }

    private static ElpisException silent(HostedCopy hosted, Throwable failure) {
        return new ElpisException(
                ErrorCode.LOG_UNAVAILABLE,
                "shard [" + hosted.plan().shard() + "]: no barrier got through its log in time: "
                        + cause(failure).getClass().getSimpleName());
    }

    /**
     * Fails with what the caller may be told.
     *
     * @return whether the answer may be older than the log
     */
    CompletableFuture<Boolean> forGet(HostedCopy hosted, GetRequest request, Duration patience) {
        LogPosition wanted = request.hasAtLeast() ? LogPosition.read(request.getAtLeast()) : null;
        CompletableFuture<Boolean> ready;
        if (!request.getRealtime()) {
            ready = searchable(hosted.plan().shard(), request.getStrong(), wanted, patience)
                    .thenApply(_ -> false);
        } else if (request.getStrong()) {
            ready = barrier(hosted, wanted, patience)
                    .thenCompose(end -> end.applied(hosted))
                    .thenApply(_ -> false);
        } else {
            ready = hosted.catchUp()
                    .toEnd(patience)
                    .handle((_, failure) -> failure != null)
                    .thenCompose(silent -> seen(hosted, wanted, silent ? Duration.ofMillis(1) : patience, silent));
        }
        return ready.exceptionallyCompose(
                failure -> CompletableFuture.failedFuture(told(hosted.plan().shard(), failure)));
    }

    /** Fails with what the caller may be told. */
    CompletableFuture<?> forScan(HostedCopy hosted, ScanRequest request, Duration patience) {
        ShardId shard = hosted.plan().shard();
        LogPosition wanted =
                request.hasResume() ? LogPosition.read(request.getResume().getPosition()) : null;
        return searchable(shard, wanted == null, wanted, patience)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(told(shard, failure)));
    }

    /**
     * The end that a log tells may be old, and where it does not answer, what the copy holds is good enough for a caller
     * who has not seen more.
     *
     * @return {@code silent}
     */
    private static CompletableFuture<Boolean> seen(
            HostedCopy hosted, @Nullable LogPosition wanted, Duration patience, boolean silent) {
        return wanted == null
                ? CompletableFuture.completedFuture(silent)
                : seen(hosted, wanted, patience)
                        .thenCompose(end -> end.applied(hosted))
                        .thenApply(_ -> silent);
    }

    /** A position of an earlier generation is behind everything here; of a later one nothing is known here. */
    private static CompletableFuture<Long> offset(HostedCopy hosted, LogPosition wanted) {
        long generation = hosted.plan().generation();
        int order = Long.compareUnsigned(wanted.generation(), generation);
        if (order > 0) {
            return CompletableFuture.failedFuture(new ElpisException(
                    ErrorCode.COPY_BEHIND,
                    "shard [" + hosted.plan().shard() + "] follows generation " + generation
                            + " of its log here, the session has seen generation " + wanted.generation()));
        }
        return CompletableFuture.completedFuture(order < 0 ? 0 : wanted.offset());
    }

    private static ElpisException told(ShardId shard, Throwable failure) {
        Throwable cause = cause(failure);
        return cause instanceof ElpisException known
                ? known
                : new ElpisException(
                        ErrorCode.INTERNAL, "shard [" + shard + "] was not brought up to date", Map.of(), cause);
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
