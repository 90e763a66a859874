package io.elpis.aggregator.cluster;

import com.google.protobuf.ByteString;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.result.TieHash;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.error.ErrorWire;
import io.elpis.protocol.node.CatalogSnapshot;
import io.elpis.protocol.node.CopyState;
import io.elpis.protocol.node.FetchDoc;
import io.elpis.protocol.node.FetchRequest;
import io.elpis.protocol.node.FetchResponse;
import io.elpis.protocol.node.GetRequest;
import io.elpis.protocol.node.GetResponse;
import io.elpis.protocol.node.Hit;
import io.elpis.protocol.node.HitContent;
import io.elpis.protocol.node.NodeState;
import io.elpis.protocol.node.PullCatalogRequest;
import io.elpis.protocol.node.QueryNodeGrpc;
import io.elpis.protocol.node.SearchRequest;
import io.elpis.protocol.node.SearchResponse;
import io.elpis.protocol.node.ShardAnswer;
import io.elpis.protocol.node.ShardRef;
import io.elpis.protocol.node.ShardWire;
import io.elpis.protocol.node.WatchStateRequest;
import io.elpis.protocol.record.Position;
import io.elpis.protocol.session.LogPosition;
import io.elpis.support.topology.NodeAddress;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A query node with documents in memory, all of which match, and moods. */
final class FakeNode extends QueryNodeGrpc.QueryNodeImplBase implements AutoCloseable {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    /** What the node does with a search. */
    sealed interface Mood {
        record Sound() implements Mood {}

        /** Keeps callers waiting until they give up. */
        record Stuck() implements Mood {}

        /** Answers, but late. */
        record Slow(Duration by) implements Mood {}

        record Failing(RuntimeException failure) implements Mood {}

        /** Answers for the call, not for the shards. */
        record ShardsFailing(ElpisException failure) implements Mood {}

        /** Answers with half of it, as when the time for collecting is over. */
        record TimingOut() implements Mood {}
    }

    record Document(String id, float score, String source) {}

    final String name;
    final List<SearchRequest> searches = new CopyOnWriteArrayList<>();
    final List<FetchRequest> fetches = new CopyOnWriteArrayList<>();
    /** Reads by id that were left waiting. */
    final AtomicInteger gets = new AtomicInteger();

    final List<String> authorizations = new CopyOnWriteArrayList<>();
    final List<Long> deadlinesMillis = new CopyOnWriteArrayList<>();
    final List<Context> cancelled = new CopyOnWriteArrayList<>();
    volatile Mood mood = new Mood.Sound();
    volatile boolean losesLeases;
    volatile boolean fetchesStall;
    volatile boolean stale;

    /** No barrier gets through. */
    volatile boolean logSilent;

    /** Reads by id, those that were answered and those that were not. */
    final List<GetRequest> reads = new CopyOnWriteArrayList<>();

    /** The catalog is handed out when it is done. */
    volatile CompletableFuture<Void> pulls = CompletableFuture.completedFuture(null);

    private final Map<ShardId, Map<String, Document>> shards = new ConcurrentHashMap<>();
    private final Map<ShardId, Long> visible = new ConcurrentHashMap<>();
    private final List<StreamObserver<NodeState>> watchers = new ArrayList<>();
    private final Server server;
    private volatile CatalogSnapshot catalog = CatalogSnapshot.getDefaultInstance();

    FakeNode(String name) {
        this.name = name;
        try {
            this.server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                    .directExecutor()
                    .addService(this)
                    .intercept(new Authorizations())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    NodeAddress address() {
        return new NodeAddress("127.0.0.1", server.getPort());
    }

    void holds(ShardId shard, Document... documents) {
        Map<String, Document> held = new TreeMap<>();
        for (Document document : documents) {
            held.put(document.id(), document);
        }
        shards.put(shard, held);
        tell();
    }

    /** How far the copy is, as it does not tell before {@link #tell}. */
    void isAt(ShardId shard, long offset) {
        visible.put(shard, offset);
    }

    private Position at(ShardId shard) {
        return Position.newBuilder()
                .setGeneration(1)
                .setOffset(visible.getOrDefault(shard, 0L))
                .build();
    }

    /** As a node would say it after having waited. */
    private @Nullable ElpisException behind(ShardId shard, boolean strong, Position wanted) {
        if (strong) {
            return logSilent ? new ElpisException(ErrorCode.LOG_UNAVAILABLE, "no barrier got through in time") : null;
        }
        return LogPosition.read(at(shard)).covers(LogPosition.read(wanted))
                ? null
                : new ElpisException(
                        ErrorCode.COPY_BEHIND,
                        name + " is behind at " + at(shard).getOffset());
    }

    void learns(CatalogSnapshot news) {
        catalog = news;
        tell();
    }

    synchronized void tell() {
        NodeState state = state();
        watchers.forEach(watcher -> watcher.onNext(state));
    }

    private NodeState state() {
        NodeState.Builder state =
                NodeState.newBuilder().setNode(name).setZone("zone-a").setCatalogVersion(catalog.getVersion());
        shards.keySet()
                .forEach(shard -> state.addCopies(CopyState.newBuilder()
                        .setShard(ShardWire.write(shard))
                        .setState(CopyState.State.SERVING)
                        .setApplied(at(shard))
                        .setVisible(at(shard))));
        return state.build();
    }

    /** The process is gone: connections break, nothing answers any more. */
    void dies() {
        server.shutdownNow();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    @Override
    public synchronized void watchState(WatchStateRequest request, StreamObserver<NodeState> states) {
        watchers.add(states);
        states.onNext(state());
    }

    @Override
    public void pullCatalog(PullCatalogRequest request, StreamObserver<CatalogSnapshot> answer) {
        var unused = pulls.thenRun(() -> {
            answer.onNext(catalog);
            answer.onCompleted();
        });
    }

    @Override
    public void search(SearchRequest request, StreamObserver<SearchResponse> answer) {
        searches.add(request);
        Context context = Context.current();
        if (context.getDeadline() != null) {
            deadlinesMillis.add(context.getDeadline().timeRemaining(TimeUnit.MILLISECONDS));
        }
        context.addListener(
                ended -> {
                    if (ended.isCancelled() && ended.cancellationCause() != null) {
                        cancelled.add(ended);
                    }
                },
                Runnable::run);
        switch (mood) {
            case Mood.Sound _ -> answer(request, answer, null, false);
            case Mood.TimingOut _ -> answer(request, answer, null, true);
            case Mood.ShardsFailing(ElpisException failure) -> answer(request, answer, failure, false);
            case Mood.Failing(RuntimeException failure) -> answer.onError(ErrorWire.toGrpc(failure));
            case Mood.Slow(Duration by) ->
                CompletableFuture.delayedExecutor(by.toMillis(), TimeUnit.MILLISECONDS)
                        .execute(() -> answer(request, answer, null, false));
            case Mood.Stuck _ -> {}
        }
    }

    private void answer(
            SearchRequest request,
            StreamObserver<SearchResponse> answer,
            @Nullable ElpisException failure,
            boolean timedOut) {
        SearchResponse.Builder response = SearchResponse.newBuilder();
        List<Hit> hits = new ArrayList<>();
        for (int ordinal = 0; ordinal < request.getShardsCount(); ordinal++) {
            if (failure != null) {
                response.addShards(ShardAnswer.newBuilder().setFailure(ErrorWire.write(failure)));
                continue;
            }
            ShardId shard = ShardWire.read(request.getShards(ordinal));
            Position wanted =
                    ordinal < request.getAtLeastCount() ? request.getAtLeast(ordinal) : Position.getDefaultInstance();
            ElpisException behind = behind(shard, request.getStrong(), wanted);
            if (behind != null) {
                response.addShards(ShardAnswer.newBuilder().setFailure(ErrorWire.write(behind)));
                continue;
            }
            List<Document> documents = documents(request.getShards(ordinal));
            response.addShards(ShardAnswer.newBuilder()
                    .setVisible(at(shard))
                    .setTotalHits(documents.size())
                    .setTimedOut(timedOut)
                    .setMaxScore((float) documents.stream()
                            .mapToDouble(Document::score)
                            .max()
                            .orElse(Double.NaN)));
            for (int doc = 0; doc < documents.size(); doc++) {
                hits.add(hit(request, ordinal, doc, documents.get(doc)));
            }
        }
        hits.sort(Comparator.comparing(Hit::getScore)
                .reversed()
                .thenComparing(Hit::getTie, Long::compareUnsigned)
                .thenComparing(Hit::getId));
        response.addAllHits(
                hits.subList(0, Math.min(hits.size(), request.getQuery().getTop())));
        if (!request.hasInlineFetch()) {
            response.setLease(77);
        }
        answer.onNext(response.build());
        answer.onCompleted();
    }

    private List<Document> documents(ShardRef shard) {
        return List.copyOf(shards.getOrDefault(ShardWire.read(shard), Map.of()).values());
    }

    private static Hit hit(SearchRequest request, int ordinal, int doc, Document document) {
        Hit.Builder hit = Hit.newBuilder()
                .setShardOrdinal(ordinal)
                .setScore(document.score())
                .setId(document.id())
                .setTie(TieHash.of(document.id()))
                .setDoc(doc);
        if (request.hasInlineFetch()) {
            hit.setContent(content(document));
        }
        return hit.build();
    }

    private static HitContent content(Document document) {
        return HitContent.newBuilder()
                .setSource(ByteString.copyFromUtf8(document.source()))
                .setVersion(1)
                .setSeqNo(5)
                .setPrimaryTerm(1)
                .build();
    }

    @Override
    public void fetch(FetchRequest request, StreamObserver<FetchResponse> answer) {
        fetches.add(request);
        if (fetchesStall) {
            return;
        }
        if (losesLeases) {
            answer.onError(
                    io.grpc.Status.NOT_FOUND.withDescription("no such lease").asRuntimeException());
            return;
        }
        // The fake forgets which shards a lease is for: it is fetched from with one shard only.
        FetchResponse.Builder response = FetchResponse.newBuilder();
        SearchRequest search = searches.getLast();
        for (FetchDoc doc : request.getDocsList()) {
            response.addContents(
                    content(documents(search.getShards(doc.getShardOrdinal())).get(doc.getDoc())));
        }
        answer.onNext(response.build());
        answer.onCompleted();
    }

    @Override
    public void get(GetRequest request, StreamObserver<GetResponse> answer) {
        reads.add(request);
        ShardId shard = ShardWire.read(request.getShard());
        if (mood instanceof Mood.Failing(RuntimeException failure)) {
            answer.onError(ErrorWire.toGrpc(failure));
            return;
        }
        if (mood instanceof Mood.Stuck) {
            gets.incrementAndGet();
            return;
        }
        ElpisException behind = behind(shard, request.getStrong(), request.getAtLeast());
        if (behind != null) {
            answer.onError(ErrorWire.toGrpc(behind));
            return;
        }
        Document document = shards.getOrDefault(shard, Map.of()).get(request.getId());
        GetResponse.Builder response = GetResponse.newBuilder()
                .setFound(document != null)
                .setPossiblyStale(stale)
                .setApplied(at(shard));
        if (document != null) {
            HitContent content = content(document);
            response.setContent(
                    request.getSource().getDisabled()
                            ? content.toBuilder().clearSource().build()
                            : content);
        }
        answer.onNext(response.build());
        answer.onCompleted();
    }

    private final class Authorizations implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            String value = headers.get(AUTHORIZATION);
            if (value != null && call.getMethodDescriptor().getFullMethodName().endsWith("/Search")) {
                authorizations.add(value);
            }
            return next.startCall(call, headers);
        }
    }
}
