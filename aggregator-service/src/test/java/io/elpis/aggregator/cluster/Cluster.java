package io.elpis.aggregator.cluster;

import static org.awaitility.Awaitility.await;

import io.elpis.aggregator.consistency.Reading;
import io.elpis.aggregator.document.DocumentService;
import io.elpis.aggregator.plan.ChoiceWeights;
import io.elpis.aggregator.plan.CopyChoice;
import io.elpis.aggregator.plan.NodeGauges;
import io.elpis.aggregator.plan.PlanningCatalog;
import io.elpis.aggregator.scatter.Budget;
import io.elpis.aggregator.scatter.CopyCalls;
import io.elpis.aggregator.scatter.HedgePolicy;
import io.elpis.aggregator.scatter.NodeBreakers;
import io.elpis.aggregator.scatter.ShardScatter;
import io.elpis.aggregator.search.Admission;
import io.elpis.aggregator.search.SearchCall;
import io.elpis.aggregator.search.SearchMeters;
import io.elpis.aggregator.search.SearchProperties;
import io.elpis.aggregator.search.SearchResult;
import io.elpis.aggregator.search.SearchService;
import io.elpis.model.indices.IndicesOptions;
import io.elpis.model.indices.ShardLimit;
import io.elpis.model.query.QueryNode;
import io.elpis.model.schema.IndexMetadata;
import io.elpis.model.schema.IndexName;
import io.elpis.model.schema.IndexSettings;
import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.Mapping;
import io.elpis.model.schema.ShardId;
import io.elpis.model.search.SearchRequest;
import io.elpis.protocol.node.CatalogSnapshot;
import io.elpis.protocol.node.CatalogWire;
import io.elpis.support.catalog.CatalogKeeper;
import io.elpis.support.rpc.BearerCredentials;
import io.elpis.support.topology.NettyChannels;
import io.elpis.support.topology.NodeAddress;
import io.elpis.support.topology.ShardMapKeeper;
import io.elpis.support.topology.TopologySettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.util.HashedWheelTimer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Fake nodes with one index, {@code wiki}, and everything of the aggregator that is not HTTP. */
final class Cluster implements AutoCloseable {
    static final IndexUuid UUID_OF_WIKI = new IndexUuid(new UUID(7, 7));
    static final String TOKEN = "Bearer token-of-the-user";

    final List<FakeNode> nodes = new ArrayList<>();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final ShardMapKeeper shardMap;
    final CatalogKeeper catalog;
    final SearchService searches;
    final DocumentService documents;

    private final HashedWheelTimer wheel = new HashedWheelTimer(5, TimeUnit.MILLISECONDS);
    private final IndexMetadata index;

    Cluster(int numberOfNodes, int numberOfShards) {
        this(numberOfNodes, numberOfShards, Duration.ofSeconds(20), 20);
    }

    /** @param hedges calls beside slow ones that may be made */
    Cluster(int numberOfNodes, int numberOfShards, Duration deadline, int hedges) {
        this(numberOfNodes, numberOfShards, deadline, hedges, Duration.ofSeconds(60));
    }

    /** @param silence after which a node is taken for silent: those here speak only when told to */
    Cluster(int numberOfNodes, int numberOfShards, Duration deadline, int hedges, Duration silence) {
        IndexSettings plain = IndexSettings.DEFAULT;
        IndexSettings settings = new IndexSettings(
                numberOfShards, 1, plain.refreshInterval(), plain.analysis(), 10_000, plain.totalFieldsLimit());
        this.index = new IndexMetadata(new IndexName("wiki"), UUID_OF_WIKI, 0, settings, Mapping.EMPTY, 1);
        CatalogSnapshot snapshot = CatalogSnapshot.newBuilder()
                .setVersion(1)
                .addEntries(CatalogWire.write(index))
                .build();
        Set<NodeAddress> addresses = ConcurrentHashMap.newKeySet();
        for (int i = 1; i <= numberOfNodes; i++) {
            FakeNode node = new FakeNode("query-" + i);
            node.learns(snapshot);
            nodes.add(node);
            addresses.add(node.address());
        }
        BearerCredentials own = BearerCredentials.forwarding("token-of-the-service");
        this.shardMap = new ShardMapKeeper(
                () -> addresses,
                new NettyChannels(),
                own,
                new TopologySettings(
                        Duration.ofMillis(20),
                        silence,
                        Duration.ofSeconds(60),
                        Duration.ofMillis(20),
                        Duration.ofMillis(50)),
                System::nanoTime,
                RandomGenerator.getDefault());
        this.catalog = new CatalogKeeper(shardMap, own);
        NodeGauges gauges = new NodeGauges(System::nanoTime);
        SearchProperties properties = new SearchProperties(deadline, Duration.ofMillis(250), 16, true);
        Admission admission = new Admission(properties.maxConcurrent());
        SearchMeters searchMeters = new SearchMeters(meters, admission);
        ShardScatter scatter = new ShardScatter(
                shardMap::current,
                new CopyChoice(
                        gauges,
                        "zone-a",
                        ChoiceWeights.DEFAULT,
                        () -> ThreadLocalRandom.current().nextLong()),
                gauges,
                new NodeBreakers(8, 50, Duration.ofSeconds(60)),
                new Budget(0.05, 50),
                new Budget(0, hedges),
                new HedgePolicy(Duration.ofMillis(20), Duration.ofMillis(30)),
                (nanos, task) -> wheel.newTimeout(_ -> task.run(), nanos, TimeUnit.NANOSECONDS)::cancel,
                System::nanoTime,
                searchMeters);
        PlanningCatalog planning = new PlanningCatalog(catalog, shardMap::current);
        this.searches = new SearchService(
                planning,
                shardMap::current,
                scatter,
                properties,
                admission,
                searchMeters,
                InstantSource.system(),
                System::nanoTime);
        this.documents = new DocumentService(
                planning,
                new CopyCalls(scatter, new HedgePolicy(Duration.ofMillis(20), Duration.ofMillis(30))),
                deadline,
                System::nanoTime);
    }

    static ShardId shard(int number) {
        return new ShardId(UUID_OF_WIKI, number);
    }

    FakeNode node(int number) {
        return nodes.get(number - 1);
    }

    /** Waits until every copy placed so far is in the map and the catalog is known. */
    Cluster up(int copies) {
        shardMap.start();
        catalog.start();
        await().until(() -> catalog.known() && catalog.current().index("wiki").isPresent() && placed() == copies);
        return this;
    }

    /** Every node reads that the index is gone. */
    void deletesWiki() {
        CatalogSnapshot snapshot = CatalogSnapshot.newBuilder()
                .setVersion(2)
                .addEntries(CatalogWire.write(index).setCatalogVersion(2).setDeleted(true))
                .build();
        nodes.forEach(node -> node.learns(snapshot));
    }

    private int placed() {
        int copies = 0;
        for (int shard = 0; shard < index.settings().numberOfShards(); shard++) {
            copies += shardMap.current().servingCopies(shard(shard)).size();
        }
        return copies;
    }

    SearchResult search(SearchRequest request) {
        return searches.search(call(request)).orTimeout(30, TimeUnit.SECONDS).join();
    }

    SearchResult search() {
        return search(SearchRequest.of(new QueryNode.MatchAll(1f)));
    }

    SearchCall call(SearchRequest request) {
        return new SearchCall("wiki", IndicesOptions.DEFAULT, ShardLimit.NONE, request, Reading.EVENTUAL, TOKEN);
    }

    double count(String meter) {
        return meters.counter(meter).count();
    }

    @Override
    public void close() {
        shardMap.close();
        nodes.forEach(FakeNode::close);
        wheel.stop();
    }
}
