package io.elpis.query.node;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.node.GetRequest;
import io.elpis.protocol.node.SearchRequest;
import io.elpis.protocol.node.ShardWire;
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
                behind.put(ordinal, told(shard, wanted, failure));
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
            return hosted.catchUp()
                    .pastBarrier(patience)
                    .thenCompose(behind -> hosted.catchUp().visible(behind, patience));
        }
        return wanted == null
                ? CompletableFuture.completedFuture(null)
                : offset(hosted, wanted).thenCompose(offset -> hosted.catchUp().visible(offset, patience));
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
            ready = hosted.catchUp().pastBarrier(patience).thenApply(_ -> false);
        } else {
            ready = hosted.catchUp()
                    .toEnd(patience)
                    .thenApply(_ -> false)
                    .exceptionallyCompose(_ -> silent(hosted, wanted));
        }
        return ready.exceptionallyCompose(
                failure -> CompletableFuture.failedFuture(told(hosted.plan().shard(), wanted, failure)));
    }

    /** The log does not answer: what the copy holds is good enough for a caller who has not seen more. */
    private static CompletableFuture<Boolean> silent(HostedCopy hosted, @Nullable LogPosition wanted) {
        return wanted == null
                ? CompletableFuture.completedFuture(true)
                : offset(hosted, wanted)
                        .thenCompose(offset -> hosted.catchUp().applied(offset, Duration.ofMillis(1)))
                        .thenApply(_ -> true);
    }

    /** A position of an earlier generation is behind everything here; of a later one nothing is known here. */
    private static CompletableFuture<Long> offset(HostedCopy hosted, LogPosition wanted) {
        long generation = hosted.plan().generation();
        int order = Long.compareUnsigned(wanted.generation(), generation);
        if (order > 0) {
            return CompletableFuture.failedFuture(new ElpisException(
                    ErrorCode.SHARD_NOT_AVAILABLE,
                    "shard [" + hosted.plan().shard() + "] follows generation " + generation
                            + " of its log here, the session has seen generation " + wanted.generation()));
        }
        return CompletableFuture.completedFuture(order < 0 ? 0 : wanted.offset());
    }

    private ElpisException told(ShardId shard, @Nullable LogPosition wanted, Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof ElpisException known) {
            return known;
        }
        if (wanted == null) {
            return new ElpisException(
                    ErrorCode.LOG_UNAVAILABLE,
                    "shard [" + shard + "]: no barrier got through its log in time: "
                            + cause.getClass().getSimpleName());
        }
        HostedCopy hosted = copies.apply(shard);
        ShardCopy copy = hosted == null ? null : hosted.copy();
        return new ElpisException(
                ErrorCode.SHARD_NOT_AVAILABLE,
                "shard [" + shard + "] is behind here: the session has seen everything before offset "
                        + wanted.offset() + ", this copy has applied up to "
                        + (copy == null ? "nothing" : copy.nextOffset()));
    }
}
