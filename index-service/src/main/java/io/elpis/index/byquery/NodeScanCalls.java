package io.elpis.index.byquery;

import io.elpis.index.catalog.CatalogIndex;
import io.elpis.index.catalog.CatalogView;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.indices.NoSuchIndex;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.error.ErrorWire;
import io.elpis.protocol.scan.ScanRequest;
import io.elpis.protocol.scan.ScanResponse;
import io.elpis.support.topology.ShardCopy;
import io.elpis.support.topology.ShardMap;
import io.grpc.CallCredentials;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Scans over the query nodes' RPC. */
final class NodeScanCalls implements ScanCalls {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Supplier<ShardMap> map;
    private final CatalogView catalog;
    private final CallCredentials credentials;

    NodeScanCalls(Supplier<ShardMap> map, CatalogView catalog, CallCredentials credentials) {
        this.map = map;
        this.catalog = catalog;
        this.credentials = credentials;
    }

    @Override
    public List<String> nodes(ShardId shard) {
        CatalogIndex index = catalog.find(shard.index());
        if (index == null || index.deleted()) {
            throw NoSuchIndex.named(
                    index == null ? shard.index().text() : index.name().value());
        }
        return map.get().servingCopies(shard).stream()
                .sorted(Comparator.comparing((ShardCopy copy) -> copy.node().silent()))
                .map(copy -> copy.node().name())
                .toList();
    }

    @Override
    public ScanResponse scan(String node, ScanRequest request) throws InterruptedException {
        Answer answer = new Answer();
        map.get()
                .node(node)
                .orElseThrow(
                        () -> new ElpisException(ErrorCode.SHARD_NOT_AVAILABLE, "node [" + node + "] is not connected"))
                .node()
                .stub()
                .withCallCredentials(credentials)
                .withDeadlineAfter(LONGEST.toMillis(), TimeUnit.MILLISECONDS)
                .scan(request, answer);
        try {
            return answer.content.get(LONGEST.toMillis() + 1_000, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw ErrorWire.fromGrpc(cause == null ? e : cause);
        } catch (TimeoutException e) {
            throw new ElpisException(ErrorCode.TIMED_OUT, "node [" + node + "] did not answer in time");
        }
    }

    private static final class Answer implements StreamObserver<ScanResponse> {
        final CompletableFuture<ScanResponse> content = new CompletableFuture<>();

        @Override
        public void onNext(ScanResponse response) {
            content.complete(response);
        }

        @Override
        public void onError(Throwable failure) {
            content.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {
            content.completeExceptionally(new ElpisException(ErrorCode.INTERNAL, "an answer without content"));
        }
    }
}
