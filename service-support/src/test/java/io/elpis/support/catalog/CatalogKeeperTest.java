package io.elpis.support.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.elpis.model.schema.IndexSettings;
import io.elpis.model.schema.IndexSettingsWriter;
import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.Mapping;
import io.elpis.model.schema.MappingWriter;
import io.elpis.protocol.node.CatalogEntry;
import io.elpis.protocol.node.CatalogSnapshot;
import io.elpis.protocol.node.NodeState;
import io.elpis.protocol.node.PullCatalogRequest;
import io.elpis.protocol.node.QueryNodeGrpc;
import io.elpis.protocol.node.WatchStateRequest;
import io.elpis.support.rpc.BearerCredentials;
import io.elpis.support.topology.NettyChannels;
import io.elpis.support.topology.NodeAddress;
import io.elpis.support.topology.ShardMapKeeper;
import io.elpis.support.topology.TopologySettings;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class CatalogKeeperTest {
    @Test
    void pullsWhatAHeartbeatTellsOf() throws IOException {
        try (CatalogNode node = new CatalogNode("query-1");
                ShardMapKeeper map = map(node)) {
            CatalogKeeper catalog = catalog(map);
            await().until(catalog::known);
            node.creates("wiki", 7);
            await().until(() -> catalog.current().index("wiki").isPresent());
            assertThat(catalog.current().version()).isEqualTo(7);
        }
    }

    @Test
    void pullsOnDemandWhatNoHeartbeatHasToldYet() throws IOException {
        try (CatalogNode node = new CatalogNode("query-1");
                ShardMapKeeper map = map(node)) {
            CatalogKeeper catalog = catalog(map);
            await().until(catalog::known);
            node.knowsSilently("wiki", 7);
            assertThat(catalog.refreshed().join().index("wiki")).isPresent();
        }
    }

    @Test
    void anotherNodeAnswersWhenOneDoesNot() throws IOException {
        try (CatalogNode broken = new CatalogNode("query-1");
                CatalogNode sound = new CatalogNode("query-2");
                ShardMapKeeper map = map(broken, sound)) {
            broken.failing = true;
            CatalogKeeper catalog = catalog(map);
            broken.creates("wiki", 8);
            sound.creates("wiki", 8);
            await().until(() -> catalog.current().index("wiki").isPresent());
        }
    }

    @Test
    void withoutANodeTheAnswerIsWhatIsKnown() {
        try (ShardMapKeeper map = map()) {
            assertThat(catalog(map).refreshed().join().indices()).isEmpty();
        }
    }

    private static CatalogKeeper catalog(ShardMapKeeper map) {
        CatalogKeeper catalog = new CatalogKeeper(map, BearerCredentials.forwarding("token"));
        map.start();
        catalog.start();
        return catalog;
    }

    private static ShardMapKeeper map(CatalogNode... nodes) {
        Set<NodeAddress> addresses = Stream.of(nodes)
                .map(node -> new NodeAddress("127.0.0.1", node.server.getPort()))
                .collect(Collectors.toSet());
        return new ShardMapKeeper(
                () -> addresses,
                new NettyChannels(),
                BearerCredentials.forwarding("token"),
                new TopologySettings(
                        Duration.ofMillis(20),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(60),
                        Duration.ofMillis(5),
                        Duration.ofMillis(20)),
                System::nanoTime,
                RandomGenerator.getDefault());
    }

    /** A node with a catalog and nothing else. */
    private static final class CatalogNode extends QueryNodeGrpc.QueryNodeImplBase implements AutoCloseable {
        private final List<StreamObserver<NodeState>> watchers = new CopyOnWriteArrayList<>();
        private final String name;
        private final Server server;
        private volatile CatalogSnapshot catalog = CatalogSnapshot.getDefaultInstance();
        volatile boolean failing;

        CatalogNode(String name) throws IOException {
            this.name = name;
            this.server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                    .addService(this)
                    .build()
                    .start();
        }

        void knowsSilently(String index, long version) {
            catalog = CatalogSnapshot.newBuilder()
                    .setVersion(version)
                    .addEntries(CatalogEntry.newBuilder()
                            .setCatalogVersion(version)
                            .setName(index)
                            .setIndexUuid(ByteString.copyFrom(new IndexUuid(new UUID(0, version)).bytes()))
                            .setSettings(ByteString.copyFrom(IndexSettingsWriter.stored(IndexSettings.DEFAULT)))
                            .setMapping(ByteString.copyFrom(MappingWriter.stored(Mapping.EMPTY))))
                    .build();
        }

        synchronized void creates(String index, long version) {
            knowsSilently(index, version);
            watchers.forEach(watcher -> watcher.onNext(state()));
        }

        private NodeState state() {
            return NodeState.newBuilder()
                    .setNode(name)
                    .setCatalogVersion(catalog.getVersion())
                    .build();
        }

        @Override
        public synchronized void watchState(WatchStateRequest request, StreamObserver<NodeState> states) {
            watchers.add(states);
            states.onNext(state());
        }

        @Override
        public void pullCatalog(PullCatalogRequest request, StreamObserver<CatalogSnapshot> answer) {
            if (failing) {
                answer.onError(Status.INTERNAL.asRuntimeException());
                return;
            }
            answer.onNext(catalog);
            answer.onCompleted();
        }

        @Override
        public void close() {
            server.shutdownNow();
        }
    }
}
