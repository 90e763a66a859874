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
import io.elpis.query.search.Demand;
import io.elpis.query.search.Readiness;
import io.elpis.query.search.ShardTrouble;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Brings copies to where the caller of a read wants them before it runs: past a barrier, or past what the caller has
 * seen elsewhere. What was waited for goes on with the read, as a {@link Demand}, since a copy may be closed and opened
 * anew before it is read. Nobody's thread waits.
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
     * @return of each shard, by its place in the request
     */
    CompletableFuture<Map<Integer, Readiness>> forSearch(SearchRequest request, Duration patience) {
        Map<Integer, Readiness> found = new ConcurrentHashMap<>();
        CompletableFuture<?>[] waits = new CompletableFuture<?>[request.getShardsCount()];
        for (int at = 0; at < waits.length; at++) {
            int ordinal = at;
            ShardId shard = ShardWire.read(request.getShards(at));
            LogPosition wanted = at < request.getAtLeastCount() ? LogPosition.read(request.getAtLeast(at)) : null;
            waits[at] = searchable(shard, request.getStrong(), wanted, patience)
                    .<Readiness>thenApply(Readiness.Ready::new)
                    .exceptionally(failure -> new Readiness.NotReady(told(shard, failure)))
                    .thenAccept(readiness -> found.put(ordinal, readiness));
        }
        return CompletableFuture.allOf(waits).thenApply(_ -> found);
    }

    /** What does not serve now is not waited for: nobody knows what it will hold by the time it does. */
    private CompletableFuture<Demand> searchable(
            ShardId shard, boolean strong, @Nullable LogPosition wanted, Duration patience) {
        HostedCopy hosted = copies.apply(shard);
        return hosted == null || !hosted.isServing()
                ? CompletableFuture.failedFuture(ShardTrouble.notHere(shard))
                : hosted.catchUp().forReader(() -> searchable(hosted, strong, wanted, patience));
    }

    private static CompletableFuture<Demand> searchable(
            HostedCopy hosted, boolean strong, @Nullable LogPosition wanted, Duration patience) {
        if (strong) {
            return barrier(hosted, wanted, patience).thenCompose(end -> end.visible(hosted));
        }
        return wanted == null
                ? CompletableFuture.completedFuture(none(hosted))
                : seen(hosted, wanted, patience).thenCompose(end -> end.visible(hosted));
    }

    private static Demand none(HostedCopy hosted) {
        return Demand.none(hosted.plan().shard(), hosted.plan().generation());
    }

    /**
     * What a reader waits for.
     *
     * @param deadline in nanoseconds of the JVM's clock
     */
    private record End(Demand demand, long deadline) {
        static End of(HostedCopy hosted, long offset, String why, long deadline) {
            return new End(new Demand(hosted.plan().shard(), hosted.plan().generation(), offset, why), deadline);
        }

        End orLater(End other) {
            return other.demand.offset() > demand.offset() ? other : this;
        }

        CompletableFuture<Demand> visible(HostedCopy hosted) {
            return told(hosted, hosted.catchUp().visible(demand.offset(), left()));
        }

        CompletableFuture<Demand> applied(HostedCopy hosted) {
            return told(hosted, hosted.catchUp().applied(demand.offset(), left()));
        }

        private Duration left() {
            return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
        }

        private CompletableFuture<Demand> told(HostedCopy hosted, CompletableFuture<Long> reached) {
            return reached.thenApply(_ -> demand)
                    .exceptionallyCompose(_ -> CompletableFuture.failedFuture(demand.unmet(hosted.copy())));
        }
    }

    private static CompletableFuture<End> seen(HostedCopy hosted, LogPosition wanted, Duration patience) {
        return seen(hosted, wanted, deadline(patience));
    }

    private static CompletableFuture<End> seen(HostedCopy hosted, LogPosition wanted, long deadline) {
        return offset(hosted, wanted).thenApply(offset -> End.of(hosted, offset, "the session has seen", deadline));
    }

    private static long deadline(Duration patience) {
        return System.nanoTime() + patience.toNanos();
    }

    /** @param wanted only its generation counts: the barrier comes after all else */
    private static CompletableFuture<End> barrier(HostedCopy hosted, @Nullable LogPosition wanted, Duration patience) {
        long deadline = deadline(patience);
        CompletableFuture<Long> followed =
                wanted == null ? CompletableFuture.completedFuture(0L) : offset(hosted, wanted);
        return followed.thenCompose(_ -> hosted.catchUp()
                .barrier(patience)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(silent(hosted, failure)))
                .thenApply(offset -> End.of(hosted, offset, "a strong read has to see", deadline)));
    }

    private static ElpisException silent(HostedCopy hosted, Throwable failure) {
        return new ElpisException(
                ErrorCode.LOG_UNAVAILABLE,
                "shard [" + hosted.plan().shard() + "]: no barrier got through its log in time: "
                        + cause(failure).getClass().getSimpleName());
    }

    /** @param possiblyStale the log did not tell where it ends */
    record Reached(Demand demand, boolean possiblyStale) {}

    /** Fails with what the caller may be told. */
    CompletableFuture<Reached> forGet(HostedCopy hosted, GetRequest request, Duration patience) {
        LogPosition wanted = request.hasAtLeast() ? LogPosition.read(request.getAtLeast()) : null;
        return hosted.catchUp()
                .forReader(() -> reached(hosted, request, wanted, patience))
                .exceptionallyCompose(failure ->
                        CompletableFuture.failedFuture(told(hosted.plan().shard(), failure)));
    }

    private static CompletableFuture<Reached> reached(
            HostedCopy hosted, GetRequest request, @Nullable LogPosition wanted, Duration patience) {
        if (!request.getRealtime()) {
            return searchable(hosted, request.getStrong(), wanted, patience)
                    .thenApply(demand -> new Reached(demand, false));
        }
        if (request.getStrong()) {
            return barrier(hosted, wanted, patience)
                    .thenCompose(end -> end.applied(hosted))
                    .thenApply(demand -> new Reached(demand, false));
        }
        long deadline = deadline(patience);
        return hosted.catchUp()
                .end(patience)
                .handle((end, silence) -> silence == null ? OptionalLong.of(end) : OptionalLong.empty())
                .thenCompose(end -> end.isPresent()
                        ? applied(hosted, end.getAsLong(), wanted, deadline)
                        : heldBefore(hosted, wanted));
    }

    /** The end that a log tells may be old: a session may have seen more. */
    private static CompletableFuture<Reached> applied(
            HostedCopy hosted, long logEnd, @Nullable LogPosition wanted, long deadline) {
        End end = End.of(hosted, logEnd, "its log holds", deadline);
        CompletableFuture<End> furthest = wanted == null
                ? CompletableFuture.completedFuture(end)
                : seen(hosted, wanted, deadline).thenApply(end::orLater);
        return furthest.thenCompose(last -> last.applied(hosted)).thenApply(demand -> new Reached(demand, false));
    }

    /** Where the log does not answer, what the copy holds is good enough for a caller who has not seen more. */
    private static CompletableFuture<Reached> heldBefore(HostedCopy hosted, @Nullable LogPosition wanted) {
        return wanted == null
                ? CompletableFuture.completedFuture(new Reached(none(hosted), true))
                : seen(hosted, wanted, Duration.ofMillis(1))
                        .thenCompose(end -> end.applied(hosted))
                        .thenApply(demand -> new Reached(demand, true));
    }

    /** Fails with what the caller may be told. */
    CompletableFuture<Demand> forScan(HostedCopy hosted, ScanRequest request, Duration patience) {
        LogPosition wanted =
                request.hasResume() ? LogPosition.read(request.getResume().getPosition()) : null;
        return hosted.catchUp()
                .forReader(() -> searchable(hosted, wanted == null, wanted, patience))
                .exceptionallyCompose(failure ->
                        CompletableFuture.failedFuture(told(hosted.plan().shard(), failure)));
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
