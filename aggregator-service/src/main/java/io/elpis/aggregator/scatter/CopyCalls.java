package io.elpis.aggregator.scatter;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.elpis.aggregator.plan.Assignment;
import io.elpis.aggregator.plan.CopyChoice;
import io.elpis.aggregator.plan.ShardTarget;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.support.topology.LiveNode;
import io.elpis.support.topology.ShardCopy;
import io.grpc.MethodDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Calls that concern one shard: a copy is asked, another one at once where that fails, and another one beside it where
 * it is slow or falls silent.
 */
public final class CopyCalls {
    private final ShardScatter shared;
    private final HedgePolicy hedging;

    /** @param hedging when such a call is slow: they are of another kind than searches */
    public CopyCalls(ShardScatter shared, HedgePolicy hedging) {
        this.shared = shared;
        this.hedging = hedging;
    }

    /**
     * @param authorization value of the header that goes with every call
     * @param deadline on the clock of the scatter
     * @return completes on an event loop, with an {@link ElpisException} when no copy answered; may be cancelled
     */
    public <Q, A> CompletableFuture<A> ask(
            ShardTarget target, MethodDescriptor<Q, A> method, Q request, String authorization, long deadline) {
        Run<Q, A> run = new Run<>(target, method, request, authorization, deadline);
        run.start();
        return run;
    }

    private final class Run<Q, A> extends CompletableFuture<A> implements CopyChoice.Permits {
        private final ShardTarget target;
        private final MethodDescriptor<Q, A> method;
        private final Q request;
        private final String authorization;
        private final long deadline;

        @GuardedBy("this")
        private final List<String> asked = new ArrayList<>(2);

        @GuardedBy("this")
        private final List<NodeCall<Q, A>> running = new ArrayList<>(2);

        @GuardedBy("this")
        private boolean helped;

        private volatile @Nullable Runnable look;

        Run(ShardTarget target, MethodDescriptor<Q, A> method, Q request, String authorization, long deadline) {
            this.target = target;
            this.method = method;
            this.request = request;
            this.authorization = authorization;
            this.deadline = deadline;
        }

        void start() {
            shared.retries.earn();
            shared.hedges.earn();
            whenComplete((_, _) -> stop());
            if (askAnother()) {
                lookIn(hedging.delay());
            } else {
                completeExceptionally(new ElpisException(
                        ErrorCode.SHARD_NOT_AVAILABLE, "shard " + target + " has no copy that may be asked"));
            }
        }

        /** @return whether there was somebody to ask */
        private boolean askAnother() {
            Ending ending = new Ending();
            NodeCall<Q, A> call;
            synchronized (this) {
                Assignment assignment = shared.choice.assign(List.of(target), List.of(0), shared.shardMap.get(), this);
                if (assignment.shares().isEmpty()) {
                    return false;
                }
                LiveNode node = assignment.shares().getFirst().node();
                call = new NodeCall<>(shared, node, ending);
                ending.call = call;
                asked.add(node.name());
                running.add(call);
            }
            call.start(method, request, authorization, remaining());
            if (isDone()) {
                call.cancel();
            }
            return true;
        }

        private long remaining() {
            return deadline - shared.nanoTime.getAsLong();
        }

        private void lookIn(long nanos) {
            Runnable set = shared.alarm.in(nanos, this::look);
            look = set;
            if (isDone()) {
                set.run();
            }
        }

        private void look() {
            if (isDone()) {
                return;
            }
            boolean help;
            synchronized (this) {
                help = !running.isEmpty() && hasOther() && mayHelp(running.getFirst());
                helped |= help;
            }
            if (help) {
                askAnother();
            }
            lookIn(ScatterRun.LOOK_AGAIN);
        }

        @GuardedBy("this")
        private boolean mayHelp(NodeCall<Q, A> call) {
            return switch (Recovery.help(helped, call.node().silent(), call.waited(), hedging.delay())) {
                case NONE -> false;
                case FOR_SLOWNESS -> {
                    boolean may = shared.hedges.spend();
                    if (may) {
                        shared.events.hedged();
                    }
                    yield may;
                }
                case FOR_SILENCE -> {
                    boolean may = shared.retries.spend();
                    if (may) {
                        shared.events.retried();
                    }
                    yield may;
                }
            };
        }

        /** Whether a node that talks has a copy and was not asked yet. */
        @GuardedBy("this")
        private boolean hasOther() {
            for (ShardCopy copy : shared.shardMap.get().servingCopies(target.shard())) {
                if (!copy.node().silent()
                        && !asked.contains(copy.node().name())
                        && !shared.breakers.isOpen(copy.node())) {
                    return true;
                }
            }
            return false;
        }

        private void failed(NodeCall<Q, A> call, NodeFailure failure) {
            synchronized (this) {
                running.remove(call);
                if (!failure.isFinal() && !running.isEmpty()) {
                    return;
                }
            }
            if (isDone()) {
                return;
            }
            switch (Recovery.after(failure, remaining(), shared.retries)) {
                case FAIL, TIME_OUT, GIVE_UP -> completeExceptionally(failure.error());
                case ASK_ANOTHER -> {
                    shared.events.retried();
                    if (!askAnother()) {
                        completeExceptionally(failure.error());
                    }
                }
            }
        }

        private void stop() {
            List<NodeCall<Q, A>> left;
            synchronized (this) {
                left = List.copyOf(running);
                running.clear();
            }
            left.forEach(NodeCall::cancel);
            Runnable set = look;
            if (set != null) {
                set.run();
            }
        }

        @Override
        @SuppressWarnings("GuardedBy") // asked while the choice is made, with the lock held
        public boolean mayAsk(int ordinal, LiveNode node) {
            return !asked.contains(node.name());
        }

        @Override
        public boolean acquire(LiveNode node) {
            return shared.breakers.of(node).tryAcquirePermission();
        }

        /** Hears of one call. */
        private final class Ending implements NodeCall.End<A> {
            private @Nullable NodeCall<Q, A> call;

            @Override
            public void ended(@Nullable A answer, @Nullable NodeFailure failure) {
                NodeCall<Q, A> mine = Objects.requireNonNull(call);
                if (answer != null) {
                    hedging.observe(mine.waited());
                    synchronized (Run.this) {
                        running.remove(mine);
                    }
                    complete(answer);
                } else if (failure != null) {
                    failed(mine, failure);
                }
            }
        }
    }
}
