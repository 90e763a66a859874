package io.elpis.aggregator.scatter;

import io.elpis.aggregator.plan.NodeGauge;
import io.elpis.support.topology.LiveNode;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One call to one node, other than a search, that the node's gauge and circuit breaker hear of. */
public final class NodeCall<Q, A> {
    private final LiveNode node;
    private final NodeGauge gauge;
    private final CircuitBreaker breaker;
    private final LongSupplier nanoTime;
    private final End<A> end;
    private final long launchedAt;
    private volatile @Nullable UnaryCall<Q, A> call;
    private volatile boolean cancelled;
    private volatile boolean over;

    /** What a call came to; called once, unless it was cancelled. */
    @FunctionalInterface
    public interface End<A> {
        /** @param failure null: there is an answer */
        void ended(@Nullable A answer, @Nullable NodeFailure failure);
    }

    /** The circuit breaker's permission has been taken. */
    NodeCall(ShardScatter shared, LiveNode node, End<A> end) {
        this.node = node;
        this.gauge = shared.gauges.of(node);
        this.breaker = shared.breakers.of(node);
        this.nanoTime = shared.nanoTime;
        this.end = end;
        this.launchedAt = shared.nanoTime.getAsLong();
    }

    LiveNode node() {
        return node;
    }

    /** Nanoseconds since it was decided on. */
    long waited() {
        return nanoTime.getAsLong() - launchedAt;
    }

    /**
     * @param authorization value of the header that goes with it
     * @param nanos after which it ends
     */
    void start(MethodDescriptor<Q, A> method, Q request, String authorization, long nanos) {
        gauge.sent();
        UnaryCall<Q, A> started =
                UnaryCall.start(node.stub().getChannel(), method, request, authorization, nanos, this::ended);
        call = started;
        if (cancelled) {
            started.cancel("not wanted any more");
        }
    }

    /** Nobody waits for it any more; it will not be heard of again. */
    public void cancel() {
        cancelled = true;
        UnaryCall<Q, A> running = call;
        if (running != null) {
            running.cancel("not wanted any more");
        }
    }

    /** Whether it waits for a node that nothing is heard of. */
    public boolean isInSilence() {
        return !over && node.silent();
    }

    private void ended(@Nullable A answer, Status status, Metadata trailers) {
        over = true;
        gauge.ended();
        if (answer != null) {
            breaker.onSuccess(waited(), TimeUnit.NANOSECONDS);
            end.ended(answer, null);
        } else if (cancelled) {
            breaker.releasePermission();
        } else {
            NodeFailure failure = NodeFailure.of(status, trailers, node);
            if (failure.nodesFault()) {
                breaker.onError(waited(), TimeUnit.NANOSECONDS, failure.error());
            } else {
                breaker.releasePermission();
            }
            end.ended(null, failure);
        }
    }
}
