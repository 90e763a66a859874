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

    /** What a caller demands of copies, each of which may wait until it is there. */
    public interface Demand<A> {
        /** Whether the copy is known not to be there yet. */
        boolean isBehind(ShardCopy copy);

        /** There is an answer; called before anybody else hears of it. */
        void answered(A answer);
    }

    /** Any copy's answer will do. */
    public <Q, A> CompletableFuture<A> ask(
            ShardTarget target, MethodDescriptor<Q, A> method, Q request, String authorization, long deadline) {
        return ask(target, method, request, authorization, deadline, null);
    }

    /**
     * @param authorization value of the header that goes with every call
     * @param deadline on the clock of the scatter
     * @param demand null: none
     * @return completes on an event loop, with an {@link ElpisException} when no copy answered; may be cancelled
     */
    public <Q, A> CompletableFuture<A> ask(
            ShardTarget target,
            MethodDescriptor<Q, A> method,
            Q request,
            String authorization,
            long deadline,
            @Nullable Demand<A> demand) {
        Run<Q, A> run = new Run<>(target, method, request, authorization, deadline, demand);
        run.start();
        return run;
    }

    private final class Run<Q, A> extends CompletableFuture<A> implements CopyChoice.Permits {
        private final ShardTarget target;
        private final MethodDescriptor<Q, A> method;
        private final Q request;
        private final String authorization;
        private final long deadline;
        private final @Nullable Demand<A> demand;

        @GuardedBy("this")
        private final List<String> asked = new ArrayList<>(2);

        @GuardedBy("this")
        private final List<NodeCall<Q, A>> running = new ArrayList<>(2);

        @GuardedBy("this")
        private boolean helped;

        /** What a copy that is behind has told: should time run out, that is why. */
        private volatile @Nullable NodeFailure behind;

        private volatile @Nullable Runnable look;

        Run(
                ShardTarget target,
                MethodDescriptor<Q, A> method,
                Q request,
                String authorization,
                long deadline,
                @Nullable Demand<A> demand) {
            this.target = target;
            this.method = method;
            this.request = request;
            this.authorization = authorization;
            this.deadline = deadline;
            this.demand = demand;
        }

        void start() {
            shared.retries.earn();
            shared.hedges.earn();
            whenComplete((_, _) -> stop());
            if (askAnother()) {
                lookIn(patience());
            } else {
                completeExceptionally(new ElpisException(
                        ErrorCode.SHARD_NOT_AVAILABLE, "shard " + target + " has no copy that may be asked"));
            }
        }

        private long patience() {
            return demand == null ? hedging.delay() : hedging.longest();
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
            return switch (Recovery.help(helped, call.node().silent(), call.waited(), patience())) {
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
            if (failure.isBehind()) {
                behind = failure;
            }
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
                case FAIL, GIVE_UP -> completeExceptionally(failure.error());
                case TIME_OUT -> completeExceptionally((behind == null ? failure : behind).error());
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
        public boolean isBehind(ShardCopy copy) {
            return demand != null && demand.isBehind(copy);
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
                    if (demand == null) {
                        hedging.observe(mine.waited());
                    } else {
                        demand.answered(answer);
                    }
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
