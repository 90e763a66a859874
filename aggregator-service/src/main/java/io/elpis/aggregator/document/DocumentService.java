package io.elpis.aggregator.document;

import io.elpis.aggregator.plan.PlanningCatalog;
import io.elpis.aggregator.plan.SearchPlanner;
import io.elpis.aggregator.plan.ShardTarget;
import io.elpis.aggregator.scatter.CopyCalls;
import io.elpis.model.indices.NoSuchIndex;
import io.elpis.model.schema.IndexMetadata;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.node.CopyState;
import io.elpis.protocol.node.GetRequest;
import io.elpis.protocol.node.GetResponse;
import io.elpis.protocol.node.QueryNodeGrpc;
import io.elpis.protocol.node.ShardWire;
import io.elpis.protocol.search.RequestWire;
import io.elpis.support.catalog.CatalogView;
import io.elpis.support.topology.ShardCopy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/** Reads documents. */
public final class DocumentService {
    private final PlanningCatalog catalog;
    private final CopyCalls calls;
    private final Duration deadline;
    private final LongSupplier nanoTime;

    /** @param nanoTime the scatter's clock */
    public DocumentService(PlanningCatalog catalog, CopyCalls calls, Duration deadline, LongSupplier nanoTime) {
        this.catalog = catalog;
        this.calls = calls;
        this.deadline = deadline;
        this.nanoTime = nanoTime;
    }

    /** @return completes exceptionally with an {@link io.elpis.model.error.ElpisException} */
    public CompletableFuture<GetResponse> get(DocumentCall call) {
        long until = nanoTime.getAsLong() + deadline.toNanos();
        CatalogView present = catalog.upToDate();
        IndexMetadata index =
                present == null ? null : present.index(call.index()).orElse(null);
        if (index != null) {
            return get(call, index, until);
        }
        // It may have been created a moment ago.
        return catalog.refreshed(deadline.toNanos() / 2)
                .thenCompose(news ->
                        get(call, news.index(call.index()).orElseThrow(() -> NoSuchIndex.named(call.index())), until));
    }

    private CompletableFuture<GetResponse> get(DocumentCall call, IndexMetadata index, long until) {
        ShardTarget target = SearchPlanner.target(index, call.routing() == null ? call.id() : call.routing());
        GetRequest.Builder request = GetRequest.newBuilder()
                .setShard(ShardWire.write(target.shard()))
                .setId(call.id())
                .setRealtime(call.realtime())
                .setSource(RequestWire.write(call.source()));
        if (call.reading().isEventual()) {
            return calls.ask(target, QueryNodeGrpc.getGetMethod(), request.build(), call.authorization(), until);
        }
        request.setAtLeast(call.reading().wanted(target.shard()))
                .setStrong(call.reading().isStrong());
        return calls.ask(
                target,
                QueryNodeGrpc.getGetMethod(),
                request.build(),
                call.authorization(),
                until,
                new Wanted(call, target.shard()));
    }

    private record Wanted(DocumentCall call, ShardId shard) implements CopyCalls.Demand<GetResponse> {
        @Override
        public boolean isBehind(ShardCopy copy) {
            CopyState state = copy.state();
            return call.reading().isBehind(shard, call.realtime() ? state.getApplied() : state.getVisible());
        }

        @Override
        public void answered(GetResponse answer) {
            call.reading().saw(shard, answer.getApplied());
        }
    }
}
