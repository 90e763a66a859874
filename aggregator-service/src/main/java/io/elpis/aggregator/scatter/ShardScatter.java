package io.elpis.aggregator.scatter;

import io.elpis.aggregator.consistency.Reading;
import io.elpis.aggregator.plan.CopyChoice;
import io.elpis.aggregator.plan.NodeGauges;
import io.elpis.aggregator.plan.ShardTarget;
import io.elpis.protocol.node.SearchRequest;
import io.elpis.support.topology.LiveNode;
import io.elpis.support.topology.ShardMap;
import io.grpc.MethodDescriptor;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Scatters searches; what all of them share. */
public final class ShardScatter {
    final Supplier<ShardMap> shardMap;
    final CopyChoice choice;
    final NodeGauges gauges;
    final NodeBreakers breakers;
    final Budget retries;
    final Budget hedges;
    final HedgePolicy hedging;
    final Alarm alarm;
    final LongSupplier nanoTime;
    final ScatterEvents events;

    /** Calls back later, from any thread. */
    @FunctionalInterface
    public interface Alarm {
        /** @return calls it off */
        Runnable in(long nanos, Runnable task);
    }

    public ShardScatter(
            Supplier<ShardMap> shardMap,
            CopyChoice choice,
            NodeGauges gauges,
            NodeBreakers breakers,
            Budget retries,
            Budget hedges,
            HedgePolicy hedging,
            Alarm alarm,
            LongSupplier nanoTime,
            ScatterEvents events) {
        this.shardMap = shardMap;
        this.choice = choice;
        this.gauges = gauges;
        this.breakers = breakers;
        this.retries = retries;
        this.hedges = hedges;
        this.hedging = hedging;
        this.alarm = alarm;
        this.nanoTime = nanoTime;
        this.events = events;
    }

    /**
     * @param request without its shards and what of each is wanted
     * @param reading how fresh the copies must be
     * @param authorization value of the header that goes with every call
     * @param deadline on the clock of {@code nanoTime}
     * @param done called once with an outcome for each target, unless cancelled before
     * @return cancels what is under way
     */
    public Runnable search(
            List<ShardTarget> targets,
            SearchRequest request,
            Reading reading,
            String authorization,
            long deadline,
            Consumer<Gathered> done) {
        ScatterRun run = new ScatterRun(this, targets, request, reading, authorization, deadline, done);
        run.start();
        return run::cancel;
    }

    /**
     * A call that only this node can answer.
     *
     * @param end heard once, unless the call is cancelled
     * @return null when the node's circuit is open
     */
    public <Q, A> @Nullable NodeCall<Q, A> call(
            LiveNode node,
            MethodDescriptor<Q, A> method,
            Q request,
            String authorization,
            long nanos,
            NodeCall.End<A> end) {
        if (!breakers.of(node).tryAcquirePermission()) {
            events.circuitOpen();
            return null;
        }
        NodeCall<Q, A> call = new NodeCall<>(this, node, end);
        call.start(method, request, authorization, nanos);
        return call;
    }

    /** @return calls it off */
    public Runnable lookAgain(Runnable task) {
        return alarm.in(ScatterRun.LOOK_AGAIN, task);
    }

    /** Otherwise it is we who do not listen. */
    public boolean hearsSomebody() {
        return shardMap.get().nodes().stream().anyMatch(view -> !view.node().silent());
    }

    /** Takes the right to do work once more, if there is one left. */
    public boolean spendRetry() {
        boolean may = retries.spend();
        if (may) {
            events.retried();
        } else {
            events.budgetSpent();
        }
        return may;
    }
}
