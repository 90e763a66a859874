package io.elpis.aggregator.scatter;

import io.elpis.aggregator.plan.Assignment;
import io.elpis.aggregator.plan.CopyChoice;
import io.elpis.aggregator.plan.NodeGauge;
import io.elpis.aggregator.plan.ShardTarget;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.support.topology.LiveNode;
import io.elpis.support.topology.ShardMap;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Calls that concern one shard: a copy is asked, and another one at once where that fails. */
public final class CopyCalls {
    private final ShardScatter shared;

    public CopyCalls(ShardScatter shared) {
        this.shared = shared;
    }

    /**
     * @param authorization value of the header that goes with every call
     * @param deadline on the clock of the scatter
     * @return completes on an event loop, with an {@link ElpisException} when no copy answered; may be cancelled
     */
    public <Q, A> CompletableFuture<A> ask(
            ShardTarget target, MethodDescriptor<Q, A> method, Q request, String authorization, long deadline) {
        Run<Q, A> run = new Run<>(target, method, request, authorization, deadline);
        shared.retries.earn();
        run.next();
        return run;
    }

    private final class Run<Q, A> extends CompletableFuture<A> implements CopyChoice.Permits {
        private final List<ShardTarget> targets;
        private final MethodDescriptor<Q, A> method;
        private final Q request;
        private final String authorization;
        private final long deadline;
        private final List<String> asked = new ArrayList<>(2);
        private @Nullable ElpisException failure;
        private volatile @Nullable UnaryCall<Q, A> running;

        Run(ShardTarget target, MethodDescriptor<Q, A> method, Q request, String authorization, long deadline) {
            this.targets = List.of(target);
            this.method = method;
            this.request = request;
            this.authorization = authorization;
            this.deadline = deadline;
        }

        /** One call at a time, each started by the end of the one before: no two threads meet here. */
        void next() {
            ShardMap map = shared.shardMap.get();
            Assignment assignment = shared.choice.assign(targets, List.of(0), map, this);
            if (assignment.shares().isEmpty()) {
                ElpisException known = failure;
                completeExceptionally(
                        known != null
                                ? known
                                : new ElpisException(
                                        ErrorCode.SHARD_NOT_AVAILABLE,
                                        "shard " + targets.getFirst() + " has no copy that may be asked"));
                return;
            }
            LiveNode node = assignment.shares().getFirst().node();
            asked.add(node.name());
            boolean others = map.servingCopies(targets.getFirst().shard()).size() > asked.size();
            call(node, AttemptLimit.nanos(deadline - shared.nanoTime.getAsLong(), others));
        }

        private void call(LiveNode node, long nanos) {
            NodeGauge gauge = shared.gauges.of(node);
            CircuitBreaker breaker = shared.breakers.of(node);
            long startedAt = shared.nanoTime.getAsLong();
            gauge.sent();
            running = UnaryCall.start(
                    node.stub().getChannel(), method, request, authorization, nanos, (answer, status, trailers) -> {
                        gauge.ended();
                        long took = shared.nanoTime.getAsLong() - startedAt;
                        if (answer != null) {
                            breaker.onSuccess(took, TimeUnit.NANOSECONDS);
                            complete(answer);
                        } else {
                            failed(node, breaker, took, status, trailers);
                        }
                    });
            if (isCancelled()) {
                cancelRunning();
            }
        }

        private void failed(LiveNode node, CircuitBreaker breaker, long took, Status status, Metadata trailers) {
            NodeFailure why = NodeFailure.of(status, trailers, node.name());
            if (isCancelled() || !why.nodesFault()) {
                breaker.releasePermission();
            } else {
                breaker.onError(took, TimeUnit.NANOSECONDS, why.error());
            }
            failure = why.error();
            boolean late = deadline - shared.nanoTime.getAsLong() <= 0;
            if (isCancelled() || why.isFinal() || late || !shared.retries.spend()) {
                completeExceptionally(why.error());
            } else {
                shared.events.retried();
                next();
            }
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            boolean cancelled = super.cancel(mayInterruptIfRunning);
            cancelRunning();
            return cancelled;
        }

        private void cancelRunning() {
            UnaryCall<Q, A> call = running;
            if (call != null) {
                call.cancel("the caller went away");
            }
        }

        @Override
        public boolean mayAsk(int ordinal, LiveNode node) {
            return !asked.contains(node.name());
        }

        @Override
        public boolean acquire(LiveNode node) {
            return shared.breakers.of(node).tryAcquirePermission();
        }
    }
}
