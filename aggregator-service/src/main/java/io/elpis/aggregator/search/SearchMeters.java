package io.elpis.aggregator.search;

import io.elpis.aggregator.scatter.ScatterEvents;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** What is counted of searches: a handful of meters, no observation. */
public final class SearchMeters implements ScatterEvents {
    private final Timer searches;
    private final Counter failed;
    private final Counter partial;
    private final Counter retries;
    private final Counter hedges;
    private final Counter budgetSpent;
    private final Counter circuitOpen;
    private final Counter fetches;

    public SearchMeters(MeterRegistry registry, Admission admission) {
        searches = registry.timer("elpis.aggregator.search");
        failed = registry.counter("elpis.aggregator.search.failed");
        partial = registry.counter("elpis.aggregator.search.partial");
        retries = registry.counter("elpis.aggregator.scatter.retries");
        hedges = registry.counter("elpis.aggregator.scatter.hedges");
        budgetSpent = registry.counter("elpis.aggregator.scatter.budget.spent");
        circuitOpen = registry.counter("elpis.aggregator.scatter.circuit.open");
        fetches = registry.counter("elpis.aggregator.fetch.rounds");
        Gauge.builder("elpis.aggregator.search.running", admission, Admission::running)
                .register(registry);
    }

    void answered(long nanos, boolean complete) {
        searches.record(nanos, TimeUnit.NANOSECONDS);
        if (!complete) {
            partial.increment();
        }
    }

    void failed() {
        failed.increment();
    }

    void fetched() {
        fetches.increment();
    }

    @Override
    public void retried() {
        retries.increment();
    }

    @Override
    public void hedged() {
        hedges.increment();
    }

    @Override
    public void budgetSpent() {
        budgetSpent.increment();
    }

    @Override
    public void circuitOpen() {
        circuitOpen.increment();
    }
}
