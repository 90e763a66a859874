package io.elpis.query.node;

import com.google.protobuf.MessageLite;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.error.ErrorWire;
import io.elpis.protocol.node.CatalogSnapshot;
import io.elpis.protocol.node.FetchRequest;
import io.elpis.protocol.node.FetchResponse;
import io.elpis.protocol.node.FollowOutcomesRequest;
import io.elpis.protocol.node.GetRequest;
import io.elpis.protocol.node.GetResponse;
import io.elpis.protocol.node.NodeState;
import io.elpis.protocol.node.OutcomeBatch;
import io.elpis.protocol.node.PullCatalogRequest;
import io.elpis.protocol.node.QueryNodeGrpc.QueryNodeImplBase;
import io.elpis.protocol.node.RefreshRequest;
import io.elpis.protocol.node.RefreshResponse;
import io.elpis.protocol.node.SearchRequest;
import io.elpis.protocol.node.SearchResponse;
import io.elpis.protocol.node.ShardRef;
import io.elpis.protocol.node.ShardWire;
import io.elpis.protocol.node.WatchStateRequest;
import io.elpis.protocol.outcome.FindOutcomeRequest;
import io.elpis.protocol.outcome.FindOutcomeResponse;
import io.elpis.protocol.outcome.OperationRef;
import io.elpis.protocol.record.Position;
import io.elpis.protocol.scan.ScanRequest;
import io.elpis.protocol.scan.ScanResponse;
import io.elpis.query.catalog.NodeCatalog;
import io.elpis.query.placement.NodeCopies;
import io.elpis.query.replica.CatchUp;
import io.elpis.query.replica.HostedCopy;
import io.elpis.query.scan.NodeScan;
import io.elpis.query.search.Budget;
import io.elpis.query.search.NodeFetch;
import io.elpis.query.search.NodeGet;
import io.elpis.query.search.NodeSearch;
import io.elpis.query.search.Readiness;
import io.elpis.query.search.SearchPool;
import io.elpis.query.search.ShardTrouble;
import io.elpis.support.identity.Caller;
import io.elpis.support.identity.Scopes;
import io.elpis.support.rpc.RpcCaller;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * The node's gRPC door. Called on the transport's threads, which must not be held up: Lucene runs on the search pool, and
 * what waits for the log does so without a thread.
 */
final class QueryNodeService extends QueryNodeImplBase {
    /** A call without a deadline gets this one. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** How long a real-time read waits for the log before it answers with what the copy has. */
    private static final Duration LOG_PATIENCE = Duration.ofSeconds(3);

    private final NodeCopies copies;
    private final Freshness freshness;
    private final NodeCatalog catalog;
    private final NodeSearch search;
    private final NodeFetch fetch;
    private final NodeScan scan;
    private final SearchPool pool;
    private final NodeStates states;
    private final StateStream stateStream;
    private final NodeMetrics metrics;

    QueryNodeService(
            NodeCopies copies,
            Freshness freshness,
            NodeCatalog catalog,
            NodeSearch search,
            NodeFetch fetch,
            NodeScan scan,
            SearchPool pool,
            NodeStates states,
            StateStream stateStream,
            NodeMetrics metrics) {
        this.copies = copies;
        this.freshness = freshness;
        this.catalog = catalog;
        this.search = search;
        this.fetch = fetch;
        this.scan = scan;
        this.pool = pool;
        this.states = states;
        this.stateStream = stateStream;
        this.metrics = metrics;
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    @Override
    public void search(SearchRequest request, StreamObserver<SearchResponse> answer) {
        guarded(answer, () -> {
            allow(Scopes.READ);
            Context call = Context.current();
            if (!Freshness.asked(request)) {
                search(request, Map.of(), answer, call);
                return;
            }
            var unused = freshness
                    .forSearch(request, patience(call))
                    .thenAccept(readiness -> guarded(answer, () -> search(request, readiness, answer, call)));
        });
    }

    private void search(
            SearchRequest request,
            Map<Integer, Readiness> readiness,
            StreamObserver<SearchResponse> answer,
            Context call) {
        onPool(answer, call, () -> {
            long start = System.nanoTime();
            Budget budget = new Budget(
                    call::isCancelled, System::nanoTime, request.getQuery().getTimeoutMillis());
            SearchResponse.Builder response = search.search(request, readiness, budget);
            long took = System.nanoTime() - start;
            pool.took(took);
            metrics.searched(took);
            return response.setLoad(states.load()).build();
        });
    }

    @Override
    public void fetch(FetchRequest request, StreamObserver<FetchResponse> answer) {
        guarded(answer, () -> {
            allow(Scopes.READ);
            onPool(
                    answer,
                    Context.current(),
                    () -> fetch.fetch(request, System.currentTimeMillis())
                            .setLoad(states.load())
                            .build());
        });
    }

    @Override
    public void get(GetRequest request, StreamObserver<GetResponse> answer) {
        guarded(answer, () -> {
            allow(Scopes.READ);
            HostedCopy hosted = serving(request.getShard());
            Context call = Context.current();
            var unused = freshness
                    .forGet(hosted, request, patience(call))
                    .whenComplete((reached, failure) -> guarded(answer, () -> {
                        if (failure != null) {
                            throw told(failure);
                        }
                        onPool(
                                answer,
                                call,
                                () -> ServingCopy.read(hosted, copy -> NodeGet.get(copy, reached.demand(), request))
                                        .setPossiblyStale(reached.possiblyStale())
                                        .build());
                    }));
        });
    }

    /** A new point in time comes after a barrier, a resumed one after all that it held elsewhere. */
    @Override
    public void scan(ScanRequest request, StreamObserver<ScanResponse> answer) {
        guarded(answer, () -> {
            allow(Scopes.INTERNAL);
            Context call = Context.current();
            Budget budget = new Budget(call::isCancelled, System::nanoTime, 0);
            if (request.getLease() != 0) {
                onPool(answer, call, () -> scan.next(request, budget));
                return;
            }
            HostedCopy hosted = serving(NodeScan.shard(request));
            var unused = freshness
                    .forScan(hosted, request, patience(call))
                    .whenComplete((demand, failure) -> guarded(answer, () -> {
                        if (failure != null) {
                            throw told(failure);
                        }
                        onPool(
                                answer,
                                call,
                                () -> ServingCopy.read(hosted, copy -> scan.open(copy, demand, request, budget)));
                    }));
        });
    }

    private static RuntimeException told(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof RuntimeException known ? known : new IllegalStateException(failure);
    }

    /** Leaves time to answer before the caller gives up. */
    private static Duration patience(Context call) {
        Deadline deadline = call.getDeadline();
        long longest = LOG_PATIENCE.toMillis();
        return Duration.ofMillis(
                deadline == null
                        ? longest
                        : Math.clamp(deadline.timeRemaining(TimeUnit.MILLISECONDS) * 3 / 4, 1, longest));
    }

    @Override
    public void refresh(RefreshRequest request, StreamObserver<RefreshResponse> answer) {
        guarded(answer, () -> {
            allow(Scopes.WRITE, Scopes.MANAGE);
            HostedCopy hosted = serving(request.getShard());
            Duration patience = remaining(Context.current());
            CatchUp copy = hosted.catchUp();
            CompletableFuture<Long> wanted = request.hasUpTo()
                    ? CompletableFuture.completedFuture(offset(request.getUpTo(), hosted) + 1)
                    : copy.toEnd(patience);
            CompletableFuture<Boolean> visible = wanted.thenCompose(end -> request.getAwait()
                    ? copy.shown(end, patience)
                    : copy.visible(end, patience).thenApply(_ -> true));
            var unused = visible.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .whenComplete((forced, failure) -> guarded(answer, () -> {
                        if (failure != null) {
                            throw request.getAwait() ? notShown(failure) : unavailable(failure);
                        }
                        long shown = ServingCopy.of(hosted).visibleOffset();
                        if (shown < wanted.join()) {
                            throw new ElpisException(
                                    ErrorCode.COPY_BEHIND,
                                    "the copy was opened anew and shows what is before offset " + shown + " only");
                        }
                        finish(
                                answer,
                                RefreshResponse.newBuilder()
                                        .setVisible(NodeStates.position(
                                                hosted.plan().generation(), shown))
                                        .setForced(forced)
                                        .build());
                    }));
        });
    }

    private static Duration remaining(Context call) {
        Deadline deadline = call.getDeadline();
        return deadline == null
                ? LONGEST
                : Duration.ofMillis(Math.clamp(deadline.timeRemaining(TimeUnit.MILLISECONDS), 1, LONGEST.toMillis()));
    }

    /** Offsets of another generation count another log. */
    private static long offset(Position position, HostedCopy hosted) {
        if (position.getGeneration() != hosted.plan().generation()) {
            throw Status.OUT_OF_RANGE
                    .withDescription(
                            "this copy follows generation " + hosted.plan().generation())
                    .asRuntimeException();
        }
        return position.getOffset();
    }

    private static ElpisException notShown(Throwable failure) {
        return new ElpisException(ErrorCode.TIMED_OUT, "no refresh showed it in time: " + failure);
    }

    private static ElpisException unavailable(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return new ElpisException(ErrorCode.LOG_UNAVAILABLE, "the copy cannot reach the log's end: " + cause);
    }

    @Override
    public void followOutcomes(FollowOutcomesRequest request, StreamObserver<OutcomeBatch> answer) {
        guarded(answer, () -> {
            allow(Scopes.INTERNAL);
            HostedCopy hosted = serving(request.getShard());
            long from = offset(request.getFrom(), hosted);
            new OutcomeStream(hosted, ServingCopy.of(hosted), from, (ServerCallStreamObserver<OutcomeBatch>) answer)
                    .start();
        });
    }

    @Override
    public void findOutcome(FindOutcomeRequest request, StreamObserver<FindOutcomeResponse> answer) {
        guarded(answer, () -> {
            allow(Scopes.INTERNAL);
            OperationRef operation = request.getOperation();
            HostedCopy hosted = serving(ShardRef.newBuilder()
                    .setIndexUuid(operation.getIndexUuid())
                    .setShard(operation.getShard())
                    .build());
            var unused = OutcomeLookup.find(hosted, operation, patience(Context.current()))
                    .whenComplete((found, failure) -> guarded(answer, () -> {
                        if (failure != null) {
                            throw told(failure);
                        }
                        finish(answer, found);
                    }));
        });
    }

    @Override
    public void watchState(WatchStateRequest request, StreamObserver<NodeState> answer) {
        guarded(answer, () -> {
            allow(Scopes.INTERNAL);
            stateStream.add((ServerCallStreamObserver<NodeState>) answer);
        });
    }

    @Override
    public void pullCatalog(PullCatalogRequest request, StreamObserver<CatalogSnapshot> answer) {
        guarded(answer, () -> {
            allow(Scopes.INTERNAL);
            finish(answer, catalog.newerThan(request.getKnownVersion()));
        });
    }

    /** Services may do everything; users what their token says. */
    private static void allow(String... scopes) {
        Caller caller = RpcCaller.current();
        for (String scope : scopes) {
            if (caller.may(scope)) {
                return;
            }
        }
        RpcCaller.require(Scopes.INTERNAL);
    }

    private HostedCopy serving(ShardRef ref) {
        return serving(ShardWire.read(ref));
    }

    private HostedCopy serving(ShardId shard) {
        HostedCopy hosted = copies.find(shard);
        if (hosted == null || !hosted.isServing()) {
            throw ShardTrouble.notHere(shard);
        }
        return hosted;
    }

    private <T extends MessageLite> void onPool(StreamObserver<T> answer, Context call, Work<T> work) {
        pool.execute(() -> guarded(answer, () -> {
            if (!call.isCancelled()) {
                finish(answer, work.run());
            }
        }));
    }

    private static <T extends MessageLite> void finish(StreamObserver<T> answer, T message) {
        answer.onNext(message);
        answer.onCompleted();
    }

    private interface Step {
        void run() throws IOException;
    }

    private void guarded(StreamObserver<?> answer, Step step) {
        try {
            step.run();
        } catch (CancellationException nobodyWaits) {
            metrics.abandoned();
            answer.onError(Status.CANCELLED.asRuntimeException());
        } catch (IOException | RuntimeException failure) {
            metrics.failed(failure);
            answer.onError(ErrorWire.toGrpc(failure));
        }
    }
}
