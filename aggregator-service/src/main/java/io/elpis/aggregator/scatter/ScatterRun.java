package io.elpis.aggregator.scatter;

import com.google.errorprone.annotations.ThreadSafe;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.elpis.aggregator.consistency.Reading;
import io.elpis.aggregator.plan.Assignment;
import io.elpis.aggregator.plan.Assignment.NodeShare;
import io.elpis.aggregator.plan.CopyChoice;
import io.elpis.aggregator.plan.ShardTarget;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.protocol.node.SearchRequest;
import io.elpis.protocol.node.SearchResponse;
import io.elpis.support.topology.LiveNode;
import io.elpis.support.topology.ShardCopy;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One scatter under way. Each shard goes from open to an outcome; an attempt is one call for some of the shards, with
 * all the time that is left. Nodes that are slow or fall silent stay at work while others are asked beside them. Events
 * come from event loops and the alarm's thread; state changes under the lock, calls start and end outside it.
 */
@ThreadSafe
@SuppressWarnings("ThreadSafe") // what is not guarded is final and shared safely
final class ScatterRun {
    /** How often running attempts are looked at after the first time. */
    static final long LOOK_AGAIN = TimeUnit.MILLISECONDS.toNanos(200);

    final ShardScatter scatter;
    private final List<ShardTarget> targets;
    private final SearchRequest request;
    final Reading reading;
    private final String authorization;
    private final long deadline;
    private final Consumer<Gathered> done;

    @GuardedBy("this")
    private final ShardBook book;

    @GuardedBy("this")
    private final List<Attempt> running = new ArrayList<>(4);

    @GuardedBy("this")
    private boolean ended;

    @GuardedBy("this")
    private @Nullable Runnable look;

    ScatterRun(
            ShardScatter scatter,
            List<ShardTarget> targets,
            SearchRequest request,
            Reading reading,
            String authorization,
            long deadline,
            Consumer<Gathered> done) {
        this.scatter = scatter;
        this.targets = targets;
        this.request = request;
        this.reading = reading;
        this.authorization = authorization;
        this.deadline = deadline;
        this.done = done;
        this.book = new ShardBook(targets.size());
    }

    void start() {
        Steps steps = new Steps();
        synchronized (this) {
            scatter.retries.earn();
            scatter.hedges.earn();
            ask(IntStream.range(0, targets.size()).boxed().toList(), null, steps);
            finishIfDone(steps);
            lookIn(patience());
        }
        steps.take();
    }

    /** Nanoseconds after which an answer is slow: one that may have to wait for the log is given all of them. */
    private long patience() {
        return reading.isEventual() ? scatter.hedging.delay() : scatter.hedging.longest();
    }

    /** The caller went away. */
    void cancel() {
        Steps steps = new Steps();
        synchronized (this) {
            end(steps);
        }
        steps.take();
    }

    void answered(Attempt attempt, SearchResponse response) {
        Steps steps = new Steps();
        synchronized (this) {
            if (!running.remove(attempt) || ended) {
                return;
            }
            if (response.getShardsCount() == attempt.ordinals().size()) {
                for (ShardBook.Unanswered shard : book.accept(attempt.node(), attempt.ordinals(), response)) {
                    resolve(List.of(shard.ordinal()), attempt, shard.failure(), steps);
                }
            } else {
                resolve(attempt.ordinals(), attempt, broken(attempt, response), steps);
            }
            finishIfDone(steps);
        }
        steps.take();
    }

    private static NodeFailure broken(Attempt attempt, SearchResponse response) {
        String what = "answers for " + response.getShardsCount() + " of "
                + attempt.ordinals().size() + " shards";
        return NodeFailure.of(Status.INTERNAL.withDescription(what), null, attempt.node());
    }

    void failed(Attempt attempt, NodeFailure failure) {
        Steps steps = new Steps();
        synchronized (this) {
            if (!running.remove(attempt) || ended) {
                return;
            }
            resolve(attempt.ordinals(), attempt, failure, steps);
            finishIfDone(steps);
        }
        steps.take();
    }

    @GuardedBy("this")
    private void resolve(List<Integer> ordinals, Attempt attempt, NodeFailure failure, Steps steps) {
        List<Integer> left = new ArrayList<>(ordinals.size());
        for (int ordinal : book.open(ordinals)) {
            book.note(ordinal, attempt.node(), failure);
            if (failure.isFinal() || !isUnderWay(ordinal)) {
                left.add(ordinal);
            }
        }
        if (left.isEmpty()) {
            return;
        }
        String node = attempt.node().name();
        ShardOutcome.Failed failed = new ShardOutcome.Failed(node, failure.error());
        switch (Recovery.after(failure, remaining(), scatter.retries)) {
            case FAIL -> book.settle(left, failed);
            case TIME_OUT -> book.settleLate(left, node);
            case ASK_ANOTHER -> {
                scatter.events.retried();
                ask(left, failed, steps);
            }
            case GIVE_UP -> {
                scatter.events.budgetSpent();
                book.settle(left, failed);
            }
        }
    }

    /** @param otherwise the outcome of shards that nobody is left to be asked for; null: nobody was asked yet */
    @GuardedBy("this")
    private void ask(List<Integer> ordinals, ShardOutcome.@Nullable Failed otherwise, Steps steps) {
        Asking asking = new Asking(false);
        Assignment assignment = scatter.choice.assign(targets, ordinals, scatter.shardMap.get(), asking);
        for (NodeShare share : assignment.shares()) {
            launch(share, steps);
        }
        for (int ordinal : assignment.unassigned()) {
            book.settle(ordinal, otherwise != null ? otherwise : nobody(ordinal, asking.open));
        }
    }

    private ShardOutcome.Failed nobody(int ordinal, @Nullable String openCircuit) {
        String reason = openCircuit == null
                ? "shard " + targets.get(ordinal) + " has no copy that serves"
                : "shard " + targets.get(ordinal) + ": the circuit of node [" + openCircuit + "] is open";
        return new ShardOutcome.Failed(openCircuit, new ElpisException(ErrorCode.SHARD_NOT_AVAILABLE, reason));
    }

    @GuardedBy("this")
    private void launch(NodeShare share, Steps steps) {
        book.ask(share.ordinals(), share.node());
        Attempt attempt = new Attempt(this, share, remaining());
        running.add(attempt);
        steps.starting.add(attempt);
    }

    @GuardedBy("this")
    private void lookIn(long nanos) {
        look = ended ? null : scatter.alarm.in(nanos, this::look);
    }

    /** Asks other copies for what slow and silent nodes still owe, where the budgets and the copies allow it. */
    private void look() {
        Steps steps = new Steps();
        synchronized (this) {
            if (ended) {
                return;
            }
            for (Attempt attempt : List.copyOf(running)) {
                switch (Recovery.help(attempt.helped, attempt.node().silent(), attempt.waited(), patience())) {
                    case NONE -> {}
                    case FOR_SLOWNESS -> hedge(attempt, steps);
                    case FOR_SILENCE -> replace(attempt, steps);
                }
            }
            lookIn(LOOK_AGAIN);
        }
        steps.take();
    }

    /** Only where all that is owed may come from elsewhere: otherwise the slow node is waited for anyway. */
    @GuardedBy("this")
    private void hedge(Attempt slow, Steps steps) {
        List<Integer> helpable = helpable(slow);
        if (!helpable.isEmpty() && helpable.size() == book.open(slow.ordinals()).size() && scatter.hedges.spend()) {
            scatter.events.hedged();
            help(slow, helpable, steps);
        }
    }

    @GuardedBy("this")
    private void replace(Attempt silent, Steps steps) {
        List<Integer> helpable = helpable(silent);
        if (!helpable.isEmpty() && scatter.retries.spend()) {
            scatter.events.retried();
            help(silent, helpable, steps);
        }
    }

    /** What it still owes and a node that may be asked, talks and was not asked yet has a copy of. */
    @GuardedBy("this")
    private List<Integer> helpable(Attempt attempt) {
        List<Integer> helpable = new ArrayList<>(attempt.ordinals().size());
        for (int ordinal : book.open(attempt.ordinals())) {
            if (hasOther(ordinal)) {
                helpable.add(ordinal);
            }
        }
        return helpable;
    }

    @GuardedBy("this")
    private void help(Attempt attempt, List<Integer> owed, Steps steps) {
        // Shards nobody else can be asked for stay with the node.
        for (NodeShare share : scatter.choice
                .assign(targets, owed, scatter.shardMap.get(), new Asking(true))
                .shares()) {
            attempt.helped = true;
            launch(share, steps);
        }
    }

    @GuardedBy("this")
    private boolean hasOther(int ordinal) {
        for (ShardCopy copy :
                scatter.shardMap.get().servingCopies(targets.get(ordinal).shard())) {
            if (!copy.node().silent()
                    && !book.wasAsked(ordinal, copy.node())
                    && !scatter.breakers.isOpen(copy.node())) {
                return true;
            }
        }
        return false;
    }

    @GuardedBy("this")
    private boolean isUnderWay(int ordinal) {
        return running.stream().anyMatch(attempt -> attempt.ordinals().contains(ordinal));
    }

    @GuardedBy("this")
    private void finishIfDone(Steps steps) {
        if (book.isDone() && !ended) {
            Gathered gathered = book.gathered(targets);
            steps.last = () -> done.accept(gathered);
            end(steps);
        }
    }

    @GuardedBy("this")
    private void end(Steps steps) {
        ended = true;
        steps.cancelling.addAll(running);
        running.clear();
        if (look != null) {
            look.run();
            look = null;
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

    /** Reads the book and is used with the lock held only. */
    private final class Asking implements CopyChoice.Permits {
        private final boolean helping;
        private @Nullable String open;

        /** @param helping beside a node that is at work: silent nodes are no help */
        Asking(boolean helping) {
            this.helping = helping;
        }

        @Override
        @SuppressWarnings("GuardedBy")
        public boolean mayAsk(int ordinal, LiveNode node) {
            return !book.wasAsked(ordinal, node) && !(helping && node.silent());
        }

        @Override
        public boolean isBehind(ShardCopy copy) {
            return reading.isBehind(copy.shard(), copy.state().getVisible());
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
