package io.elpis.aggregator.search;

import io.elpis.aggregator.merge.Coverage;
import io.elpis.aggregator.merge.Page;
import io.elpis.aggregator.merge.PageMerger;
import io.elpis.aggregator.merge.SearchPhaseException;
import io.elpis.aggregator.merge.ShardFailure;
import io.elpis.aggregator.merge.Winner;
import io.elpis.aggregator.plan.SearchPlanner;
import io.elpis.aggregator.plan.ShardTarget;
import io.elpis.aggregator.scatter.Gathered;
import io.elpis.aggregator.scatter.NodeFailure;
import io.elpis.aggregator.scatter.ShardOutcome;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.IndexMetadata;
import io.elpis.model.schema.IndexSettings;
import io.elpis.model.search.ResultWindow;
import io.elpis.model.search.SearchRequest;
import io.elpis.protocol.node.ShardAnswer;
import io.elpis.protocol.search.RequestWire;
import io.elpis.protocol.search.ShardQuery;
import io.elpis.support.catalog.CatalogView;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One search under way: resolve the names, scatter, merge, fetch; each step starts the next. */
final class SearchRun extends CompletableFuture<SearchResult> {
    private final SearchService service;
    private final SearchCall call;
    private final SearchRequest request;
    private final long startedAt;
    private final long deadline;
    private volatile @Nullable Runnable cancelStep;

    SearchRun(SearchService service, SearchCall call) {
        this.service = service;
        this.call = call;
        this.request = call.request();
        this.startedAt = service.nanoTime.getAsLong();
        this.deadline = startedAt + service.deadline(call).toNanos();
    }

    void start() {
        guarded(() -> {
            CatalogView catalog = service.catalog.upToDate();
            if (catalog == null) {
                planOnNews();
                return;
            }
            try {
                plan(catalog);
            } catch (ElpisException e) {
                if (e.code() != ErrorCode.INDEX_NOT_FOUND) {
                    throw e;
                }
                // It may have been created a moment ago.
                planOnNews();
            }
        });
    }

    private void planOnNews() {
        long remaining = deadline - service.nanoTime.getAsLong();
        var unused = service.catalog.refreshed(remaining / 2).thenAccept(news -> guarded(() -> plan(news)));
    }

    private void plan(CatalogView catalog) {
        List<IndexMetadata> indices = SearchPlanner.indices(call.indices(), call.options(), catalog);
        if (indices.isEmpty()) {
            ResultWindow.check(request, IndexSettings.DEFAULT.maxResultWindow());
        }
        for (IndexMetadata index : indices) {
            ResultWindow.check(request, index.settings().maxResultWindow());
        }
        List<ShardTarget> targets = SearchPlanner.targets(indices, call.limit());
        int nodes = Math.min(targets.size(), service.shardMap.get().nodes().size());
        scatter(targets, FetchChoice.inline(request, nodes), this::merged);
    }

    private void scatter(List<ShardTarget> targets, boolean inline, Merged next) {
        ShardQuery query = RequestWire.shardQuery(request, service.clock.millis());
        io.elpis.protocol.node.SearchRequest.Builder wire =
                io.elpis.protocol.node.SearchRequest.newBuilder().setQuery(query);
        if (call.reading().isStrong()) {
            wire.setStrong(true);
        }
        if (inline) {
            wire.setInlineFetch(RequestWire.fetchSpec(request, false));
        }
        step(service.scatter.search(
                targets,
                wire.build(),
                call.reading(),
                call.authorization(),
                deadline,
                gathered -> guarded(() -> next.merged(gathered, PageMerger.merge(gathered, request)))));
    }

    private void merged(Gathered gathered, Page page) {
        refuseIfTooLittle(page.coverage());
        if (page.winners().stream().allMatch(winner -> winner.content() != null)) {
            answer(gathered, page);
            return;
        }
        service.meters.fetched();
        long remaining = deadline - service.nanoTime.getAsLong();
        WinnerFetch fetch = WinnerFetch.start(
                service.scatter, page.winners(), RequestWire.fetchSpec(request, true), call.authorization(), remaining);
        step(() -> fetch.cancel(true));
        var unused = fetch.thenAccept(result -> guarded(() -> fetched(gathered, page, result)));
    }

    private void fetched(Gathered gathered, Page page, WinnerFetch.Result result) {
        switch (result) {
            case WinnerFetch.Result.Fetched(List<Winner> winners) -> answer(gathered, page.withWinners(winners));
            case WinnerFetch.Result.Failed(NodeFailure failure) -> {
                if (failure.isFinal()) {
                    throw failure.error();
                }
                if (!service.scatter.spendRetry()) {
                    throw new ElpisException(
                            ErrorCode.SHARD_NOT_AVAILABLE,
                            "the hits' content was not fetched: "
                                    + failure.error().reason());
                }
                // The readers went with their node. Once more, content inline: whoever answers then delivers.
                scatter(gathered.targets(), true, (anew, again) -> {
                    refuseIfTooLittle(again.coverage());
                    answer(anew, again);
                });
            }
        }
    }

    private void refuseIfTooLittle(Coverage coverage) {
        for (ShardFailure failure : coverage.failures()) {
            ErrorCode code = failure.reason().code();
            if (code == ErrorCode.UNAUTHENTICATED || code == ErrorCode.FORBIDDEN) {
                throw failure.reason();
            }
        }
        if (coverage.isNothing() || !mayBePartial() && !coverage.isComplete()) {
            throw new SearchPhaseException(coverage);
        }
    }

    /** What a caller has seen, or wants to see, may be in the very shard that is missing. */
    private boolean mayBePartial() {
        Boolean asked = request.allowPartialResults();
        return call.reading().isEventual() && (asked == null ? service.properties.partialResults() : asked);
    }

    private void answer(Gathered gathered, Page page) {
        note(gathered);
        long nanos = service.nanoTime.getAsLong() - startedAt;
        service.meters.answered(nanos, page.coverage().isComplete());
        complete(new SearchResult(request, page, TimeUnit.NANOSECONDS.toMillis(nanos)));
    }

    private void note(Gathered gathered) {
        if (call.reading().isEventual()) {
            return;
        }
        for (int ordinal = 0; ordinal < gathered.outcomes().size(); ordinal++) {
            if (gathered.outcomes().get(ordinal) instanceof ShardOutcome.Answered(var _, ShardAnswer answer)
                    && answer.hasVisible()) {
                call.reading().saw(gathered.targets().get(ordinal).shard(), answer.getVisible());
            }
        }
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            service.meters.failed();
            completeExceptionally(e);
        }
    }

    private void step(Runnable cancel) {
        cancelStep = cancel;
        if (isCancelled()) {
            cancel.run();
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        Runnable running = cancelStep;
        if (cancelled && running != null) {
            running.run();
        }
        return cancelled;
    }

    @FunctionalInterface
    private interface Merged {
        void merged(Gathered gathered, Page page);
    }
}
