package io.elpis.aggregator.search;

import io.elpis.aggregator.plan.PlanningCatalog;
import io.elpis.aggregator.scatter.ShardScatter;
import io.elpis.support.topology.ShardMap;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Answers searches. */
public final class SearchService {
    final PlanningCatalog catalog;
    final Supplier<ShardMap> shardMap;
    final ShardScatter scatter;
    final SearchProperties properties;
    final SearchMeters meters;
    final InstantSource clock;
    final LongSupplier nanoTime;
    private final Admission admission;

    /** @param nanoTime the scatter's clock */
    public SearchService(
            PlanningCatalog catalog,
            Supplier<ShardMap> shardMap,
            ShardScatter scatter,
            SearchProperties properties,
            Admission admission,
            SearchMeters meters,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.catalog = catalog;
        this.shardMap = shardMap;
        this.scatter = scatter;
        this.properties = properties;
        this.admission = admission;
        this.meters = meters;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /**
     * @return completes on an event loop; exceptionally with an {@link io.elpis.model.error.ElpisException} or a {@link
     *     io.elpis.aggregator.merge.SearchPhaseException}. Cancelling it stops the work on the nodes too.
     */
    public CompletableFuture<SearchResult> search(SearchCall call) {
        admission.enter();
        SearchRun run = new SearchRun(this, call);
        run.whenComplete((_, _) -> admission.leave());
        run.start();
        return run;
    }

    Duration deadline(SearchCall call) {
        Duration timeout = call.request().timeout();
        if (timeout == null) {
            return properties.deadline();
        }
        Duration own = timeout.plus(properties.timeoutGrace());
        return own.compareTo(properties.deadline()) < 0 ? own : properties.deadline();
    }
}
