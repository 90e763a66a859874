package io.elpis.aggregator.scatter;

import io.elpis.aggregator.plan.Assignment.NodeShare;
import io.elpis.aggregator.plan.NodeGauge;
import io.elpis.aggregator.plan.ShardTarget;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.node.NodeLoad;
import io.elpis.protocol.node.QueryNodeGrpc;
import io.elpis.protocol.node.SearchRequest;
import io.elpis.protocol.node.SearchResponse;
import io.elpis.protocol.node.ShardWire;
import io.elpis.support.topology.LiveNode;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One call to one node for some shards. Its run starts it, may cancel it, and hears of its end once. */
final class Attempt {
    private static final String OUTPACED = "another copy was faster, or the caller went away";

    final NodeShare share;
    private final ScatterRun run;
    private final long nanos;
    private final long launchedAt;
    /** Other copies were asked beside this one; guarded by the run. */
    boolean helped;

    private final NodeGauge gauge;
    private final CircuitBreaker breaker;
    private volatile @Nullable UnaryCall<SearchRequest, SearchResponse> call;
    private volatile boolean cancelled;

    /** The circuit breaker's permission has been taken. */
    Attempt(ScatterRun run, NodeShare share, long nanos) {
        this.run = run;
        this.share = share;
        this.nanos = nanos;
        this.gauge = run.scatter.gauges.of(share.node());
        this.breaker = run.scatter.breakers.of(share.node());
        this.launchedAt = run.scatter.nanoTime.getAsLong();
    }

    /** Nanoseconds since it was decided on. */
    long waited() {
        return run.scatter.nanoTime.getAsLong() - launchedAt;
    }

    LiveNode node() {
        return share.node();
    }

    List<Integer> ordinals() {
        return share.ordinals();
    }

    void start(List<ShardTarget> targets, SearchRequest request, String authorization) {
        SearchRequest.Builder own = request.toBuilder();
        for (int ordinal : share.ordinals()) {
            ShardId shard = targets.get(ordinal).shard();
            own.addShards(ShardWire.write(shard));
            if (!run.reading.isEventual()) {
                own.addAtLeast(run.reading.wanted(shard));
            }
        }
        gauge.sent();
        UnaryCall<SearchRequest, SearchResponse> started = UnaryCall.start(
                node().stub().getChannel(),
                QueryNodeGrpc.getSearchMethod(),
                own.build(),
                authorization,
                nanos,
                this::ended);
        call = started;
        if (cancelled) {
            started.cancel(OUTPACED);
        }
    }

    /** Nobody waits for it any more. */
    void cancel() {
        cancelled = true;
        UnaryCall<SearchRequest, SearchResponse> running = call;
        if (running != null) {
            running.cancel(OUTPACED);
        }
    }

    private void ended(@Nullable SearchResponse response, Status status, Metadata trailers) {
        long took = waited();
        if (response != null) {
            answered(took, response.getLoad());
            breaker.onSuccess(took, TimeUnit.NANOSECONDS);
            run.answered(this, response);
        } else if (cancelled) {
            late(took);
            breaker.releasePermission();
        } else {
            NodeFailure failure = NodeFailure.of(status, trailers, node());
            failed(failure, took);
            run.failed(this, failure);
        }
    }

    /** A read that may have waited for the log says nothing of the node's speed. */
    private void answered(long took, NodeLoad load) {
        if (run.reading.isEventual()) {
            gauge.answered(took, load);
            run.scatter.hedging.observe(took);
        } else {
            gauge.ended();
        }
    }

    private void late(long took) {
        if (run.reading.isEventual()) {
            gauge.outpaced(took);
        } else {
            gauge.ended();
        }
    }

    private void failed(NodeFailure failure, long took) {
        if (failure.error().code() == ErrorCode.TIMED_OUT) {
            late(took);
        } else {
            gauge.ended();
        }
        if (failure.nodesFault()) {
            breaker.onError(took, TimeUnit.NANOSECONDS, failure.error());
        } else {
            breaker.releasePermission();
        }
    }
}
