package io.elpis.aggregator.scatter;

import com.google.errorprone.annotations.ThreadSafe;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.elpis.aggregator.plan.Assignment;
import io.elpis.aggregator.plan.Assignment.NodeShare;
import io.elpis.aggregator.plan.CopyChoice;
import io.elpis.aggregator.plan.ShardTarget;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.protocol.node.SearchRequest;
import io.elpis.protocol.node.SearchResponse;
import io.elpis.protocol.node.ShardAnswer;
import io.elpis.support.topology.LiveNode;
import io.elpis.support.topology.ShardMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One scatter under way. Each shard goes from open to an outcome, once; an attempt is one call for some of the shards.
 * Events come from event loops and the alarm's thread; state changes under the lock, calls start and end outside it.
 */
@ThreadSafe
@SuppressWarnings("ThreadSafe") // what is not guarded is final and shared safely
final class ScatterRun {
    final ShardScatter scatter;
    private final List<ShardTarget> targets;
    private final SearchRequest request;
    private final String authorization;
    private final long deadline;
    private final Consumer<Gathered> done;

    @GuardedBy("this")
    private final @Nullable ShardOutcome[] outcomes;

    /** Names of the nodes asked for each shard. */
    @GuardedBy("this")
    private final List<List<String>> asked;

    @GuardedBy("this")
    private final List<Attempt> running = new ArrayList<>(4);

    @GuardedBy("this")
    private final List<NodeAnswer> answers = new ArrayList<>(4);

    @GuardedBy("this")
    private int open;

    @GuardedBy("this")
    private @Nullable Runnable hedgeCall;

    ScatterRun(
            ShardScatter scatter,
            List<ShardTarget> targets,
            SearchRequest request,
            String authorization,
            long deadline,
            Consumer<Gathered> done) {
        this.scatter = scatter;
        this.targets = targets;
        this.request = request;
        this.authorization = authorization;
        this.deadline = deadline;
        this.done = done;
        this.outcomes = new ShardOutcome[targets.size()];
        this.asked = new ArrayList<>(targets.size());
        this.open = targets.size();
    }

    void start() {
        Steps steps = new Steps();
        synchronized (this) {
            List<Integer> all = new ArrayList<>(targets.size());
            for (int ordinal = 0; ordinal < targets.size(); ordinal++) {
                asked.add(new ArrayList<>(2));
                all.add(ordinal);
            }
            scatter.retries.earn();
            scatter.hedges.earn();
            ask(all, null, steps);
            finishIfDone(steps);
            if (open > 0) {
                hedgeCall = scatter.alarm.in(scatter.hedging.delay(), this::hedge);
            }
        }
        steps.take();
    }

    /** The caller went away. */
    void cancel() {
        Steps steps = new Steps();
        synchronized (this) {
            open = 0;
            end(steps);
        }
        steps.take();
    }

    void answered(Attempt attempt, SearchResponse response) {
        Steps steps = new Steps();
        synchronized (this) {
            if (!running.remove(attempt) || open == 0) {
                return;
            }
            if (response.getShardsCount() != attempt.ordinals().size()) {
                NodeFailure broken = NodeFailure.of(
                        io.grpc.Status.INTERNAL.withDescription("answers for " + response.getShardsCount() + " of "
                                + attempt.ordinals().size() + " shards"),
                        null,
                        attempt.node().name());
                resolve(attempt.ordinals(), attempt, broken, steps);
            } else {
                accept(attempt, response, steps);
            }
            finishIfDone(steps);
        }
        steps.take();
    }

    void failed(Attempt attempt, NodeFailure failure) {
        Steps steps = new Steps();
        synchronized (this) {
            if (!running.remove(attempt) || open == 0) {
                return;
            }
            resolve(attempt.ordinals(), attempt, failure, steps);
            finishIfDone(steps);
        }
        steps.take();
    }

    @GuardedBy("this")
    private void accept(Attempt attempt, SearchResponse response, Steps steps) {
        Boolean[] accepted = new Boolean[attempt.ordinals().size()];
        Arrays.fill(accepted, false);
        boolean any = false;
        for (int i = 0; i < accepted.length; i++) {
            int ordinal = attempt.ordinals().get(i);
            ShardAnswer answer = response.getShards(i);
            if (outcomes[ordinal] != null) {
                continue;
            }
            if (answer.hasFailure()) {
                resolve(List.of(ordinal), attempt, NodeFailure.of(answer.getFailure()), steps);
            } else {
                settle(ordinal, new ShardOutcome.Answered(attempt.node().name(), answer));
                accepted[i] = true;
                any = true;
            }
        }
        if (any) {
            answers.add(new NodeAnswer(attempt.node(), response, attempt.ordinals(), Arrays.asList(accepted)));
        }
    }

    /** Decides for each shard of a failed attempt: is another one under way, may another copy be asked, or is it over? */
    @GuardedBy("this")
    private void resolve(List<Integer> ordinals, Attempt attempt, NodeFailure failure, Steps steps) {
        List<Integer> again = new ArrayList<>(ordinals.size());
        for (int ordinal : ordinals) {
            if (outcomes[ordinal] != null) {
                continue;
            }
            if (failure.isFinal()) {
                settle(ordinal, new ShardOutcome.Failed(attempt.node().name(), failure.error()));
            } else if (!underWay(ordinal)) {
                again.add(ordinal);
            }
        }
        if (again.isEmpty()) {
            return;
        }
        if (remaining() <= 0) {
            settle(again, new ShardOutcome.TimedOut(attempt.node().name()));
        } else if (scatter.retries.spend()) {
            scatter.events.retried();
            ask(again, new ShardOutcome.Failed(attempt.node().name(), failure.error()), steps);
        } else {
            scatter.events.budgetSpent();
            settle(again, new ShardOutcome.Failed(attempt.node().name(), failure.error()));
        }
    }

    /** @param otherwise the outcome of shards that nobody is left to be asked for; null: nobody was asked yet */
    @GuardedBy("this")
    private void ask(List<Integer> ordinals, ShardOutcome.@Nullable Failed otherwise, Steps steps) {
        ShardMap map = scatter.shardMap.get();
        Asking asking = new Asking();
        Assignment assignment = scatter.choice.assign(targets, ordinals, map, asking);
        for (NodeShare share : assignment.shares()) {
            launch(share, map, steps);
        }
        for (int ordinal : assignment.unassigned()) {
            settle(ordinal, otherwise != null ? otherwise : nobody(ordinal, asking.open));
        }
    }

    private ShardOutcome.Failed nobody(int ordinal, @Nullable String openCircuit) {
        String reason = openCircuit == null
                ? "shard " + targets.get(ordinal) + " has no copy that serves"
                : "shard " + targets.get(ordinal) + ": the circuit of node [" + openCircuit + "] is open";
        return new ShardOutcome.Failed(openCircuit, new ElpisException(ErrorCode.SHARD_NOT_AVAILABLE, reason));
    }

    @GuardedBy("this")
    private void launch(NodeShare share, ShardMap map, Steps steps) {
        boolean others = true;
        for (int ordinal : share.ordinals()) {
            List<String> names = asked.get(ordinal);
            names.add(share.node().name());
            others &= map.servingCopies(targets.get(ordinal).shard()).size() > names.size();
        }
        Attempt attempt = new Attempt(this, share, AttemptLimit.nanos(remaining(), others));
        running.add(attempt);
        steps.starting.add(attempt);
    }

    /** Asks other copies for what slow nodes still owe, where the budget and the copies allow it. */
    private void hedge() {
        Steps steps = new Steps();
        synchronized (this) {
            hedgeCall = null;
            for (Attempt slow : List.copyOf(running)) {
                List<Integer> owed = owed(slow);
                if (!owed.isEmpty() && hedgeable(owed) && scatter.hedges.spend()) {
                    scatter.events.hedged();
                    ShardMap map = scatter.shardMap.get();
                    // Shards nobody else can be asked for stay with the slow node.
                    for (NodeShare share : scatter.choice
                            .assign(targets, owed, map, new Asking())
                            .shares()) {
                        launch(share, map, steps);
                    }
                }
            }
        }
        steps.take();
    }

    @GuardedBy("this")
    private List<Integer> owed(Attempt attempt) {
        List<Integer> owed = new ArrayList<>(attempt.ordinals().size());
        for (int ordinal : attempt.ordinals()) {
            if (outcomes[ordinal] == null) {
                owed.add(ordinal);
            }
        }
        return owed;
    }

    @GuardedBy("this")
    private boolean hedgeable(List<Integer> owed) {
        ShardMap map = scatter.shardMap.get();
        for (int ordinal : owed) {
            List<String> names = asked.get(ordinal);
            if (map.servingCopies(targets.get(ordinal).shard()).stream()
                    .noneMatch(copy ->
                            !copy.node().silent() && !names.contains(copy.node().name()))) {
                return false;
            }
        }
        return true;
    }

    @GuardedBy("this")
    private boolean underWay(int ordinal) {
        for (Attempt attempt : running) {
            if (attempt.ordinals().contains(ordinal)) {
                return true;
            }
        }
        return false;
    }

    @GuardedBy("this")
    private void settle(List<Integer> ordinals, ShardOutcome outcome) {
        for (int ordinal : ordinals) {
            settle(ordinal, outcome);
        }
    }

    @GuardedBy("this")
    private void settle(int ordinal, ShardOutcome outcome) {
        outcomes[ordinal] = outcome;
        open--;
    }

    @GuardedBy("this")
    private void finishIfDone(Steps steps) {
        if (open == 0) {
            List<ShardOutcome> all = new ArrayList<>(outcomes.length);
            Collections.addAll(all, outcomes);
            Gathered gathered = new Gathered(targets, all, answers);
            steps.last = () -> done.accept(gathered);
            end(steps);
        }
    }

    @GuardedBy("this")
    private void end(Steps steps) {
        steps.cancelling.addAll(running);
        running.clear();
        if (hedgeCall != null) {
            hedgeCall.run();
            hedgeCall = null;
        }
    }

    private long remaining() {
        return deadline - scatter.nanoTime.getAsLong();
    }

    /** What is done outside the lock, because it may call back. */
    private final class Steps {
        private final List<Attempt> starting = new ArrayList<>(4);
        private final List<Attempt> cancelling = new ArrayList<>(0);
        private @Nullable Runnable last;

        void take() {
            starting.forEach(attempt -> attempt.start(targets, request, authorization));
            cancelling.forEach(Attempt::cancel);
            if (last != null) {
                last.run();
            }
        }
    }

    /** Reads {@code asked} and is used with the lock held only. */
    private final class Asking implements CopyChoice.Permits {
        private @Nullable String open;

        @Override
        @SuppressWarnings("GuardedBy")
        public boolean mayAsk(int ordinal, LiveNode node) {
            return !asked.get(ordinal).contains(node.name());
        }

        @Override
        public boolean acquire(LiveNode node) {
            boolean permitted = scatter.breakers.of(node).tryAcquirePermission();
            if (!permitted) {
                open = node.name();
                scatter.events.circuitOpen();
            }
            return permitted;
        }
    }
}
