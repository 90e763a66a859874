package io.elpis.support.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.node.CopyState;
import io.elpis.protocol.node.CopyState.State;
import io.elpis.protocol.node.NodeLoad;
import io.elpis.protocol.node.ShardRef;
import io.grpc.CallCredentials;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ShardMapKeeperTest {
    private static final ShardId SHARD = new ShardId(new IndexUuid(new UUID(1, 2)), 0);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Set<NodeAddress> directory = ConcurrentHashMap.newKeySet();
    private final AtomicLong nanos = new AtomicLong();
    private final ShardMapKeeper keeper = new ShardMapKeeper(
            () -> Set.copyOf(directory),
            new NettyChannels(),
            new NoCredentials(),
            new TopologySettings(
                    Duration.ofMillis(20),
                    Duration.ofMillis(800),
                    Duration.ofSeconds(10),
                    Duration.ofMillis(5),
                    Duration.ofMillis(20)),
            nanos::get,
            RandomGenerator.getDefault());

    @AfterEach
    void close() {
        keeper.close();
    }

    @Test
    void mapShowsWhatNodesTell() {
        try (ToldNode one = node("query-1", State.SERVING);
                ToldNode two = node("query-2", State.RECOVERING)) {
            keeper.start();
            ShardMap map = await(known -> known.nodes().size() == 2);
            assertThat(map.copies(SHARD)).hasSize(2);
            assertThat(map.servingCopies(SHARD))
                    .extracting(copy -> copy.node().name())
                    .containsExactly("query-1");
            assertThat(map.serves(SHARD.index(), 1, 1)).isTrue();
            assertThat(map.serves(SHARD.index(), 1, 2)).isFalse();
            assertThat(map.serves(SHARD.index(), 2, 1)).isFalse();
            assertThat(one).isNotSameAs(two);
        }
    }

    @Test
    void copyThatStartsToServeIsSeen() {
        try (ToldNode one = node("query-1", State.WARMING)) {
            keeper.start();
            await(map -> map.copies(SHARD).size() == 1);
            one.says(ToldNode.state("query-1", ToldNode.copy(SHARD, State.SERVING))
                    .build());
            await(map -> map.servingCopies(SHARD).size() == 1);
        }
    }

    @Test
    void brokenStreamTakesTheNodeOutAndItComesBack() {
        try (ToldNode one = node("query-1", State.SERVING)) {
            keeper.start();
            await(map -> map.nodes().size() == 1);
            var gone = keeper.when(map -> map.nodes().isEmpty(), PATIENCE);
            one.breaksStreams();
            gone.join();
            await(map -> map.nodes().size() == 1);
        }
    }

    @Test
    void restartedNodeIsFoundAtItsPortAgain() {
        ToldNode former = node("query-1", State.SERVING);
        keeper.start();
        await(map -> map.nodes().size() == 1);
        former.close();
        await(map -> map.nodes().isEmpty());
        try (ToldNode restarted = new ToldNode(
                ToldNode.state("query-1").setIncarnation(2).build(),
                former.address().port())) {
            ShardMap map = await(known -> known.nodes().size() == 1);
            assertThat(map.node("query-1").orElseThrow().incarnation()).isEqualTo(2);
            assertThat(restarted.address()).isEqualTo(former.address());
        }
    }

    @Test
    void silentNodeStaysInTheMapButSaysSo() {
        try (ToldNode one = node("query-1", State.SERVING)) {
            keeper.start();
            LiveNode node = await(map -> map.nodes().size() == 1)
                    .node("query-1")
                    .orElseThrow()
                    .node();
            assertThat(node.silent()).isFalse();
            nanos.addAndGet(Duration.ofMillis(801).toNanos());
            assertThat(node.silent()).isTrue();
            assertThat(keeper.current().servingCopies(SHARD)).hasSize(1);
            assertThat(one).isNotNull();
        }
    }

    @Test
    void nodeSilentForVeryLongIsGivenUp() {
        try (ToldNode one = node("query-1", State.SERVING)) {
            keeper.start();
            await(map -> map.nodes().size() == 1);
            var gone = keeper.when(map -> map.nodes().isEmpty(), PATIENCE);
            nanos.addAndGet(Duration.ofSeconds(11).toNanos());
            gone.join();
            assertThat(one).isNotNull();
        }
    }

    @Test
    void nodeThatTheDirectoryForgotStaysWhileItTalks() {
        try (ToldNode one = node("query-1", State.SERVING);
                ToldNode two = new ToldNode(ToldNode.state("query-2").build())) {
            keeper.start();
            await(map -> map.nodes().size() == 1);
            directory.clear();
            directory.add(two.address());
            ShardMap map = await(known -> known.node("query-2").isPresent());
            assertThat(map.node("query-1")).isPresent();
            one.breaksStreams();
            await(known -> known.node("query-1").isEmpty());
        }
    }

    @Test
    void surveyEndsWhenEveryNodeWasTried() {
        try (ToldNode one = node("query-1", State.SERVING)) {
            ToldNode dead = node("query-2", State.SERVING);
            dead.close();
            assertThat(keeper.surveyed()).isFalse();
            keeper.start();
            await(_ -> keeper.surveyed());
            assertThat(keeper.current().nodes()).hasSize(1);
            assertThat(one).isNotNull();
        }
    }

    @Test
    void nodeThatJoinsLaterDoesNotUndoTheSurvey() throws Exception {
        try (ToldNode one = node("query-1", State.SERVING);
                ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            keeper.start();
            await(_ -> keeper.surveyed());
            directory.add(new NodeAddress("127.0.0.1", mute.getLocalPort()));
            try (Socket asked = mute.accept()) {
                one.says(ToldNode.state("query-1").setCatalogVersion(9).build());
                await(map -> map.catalogVersion() == 9);
                assertThat(keeper.surveyed()).isTrue();
                assertThat(asked.isConnected()).isTrue();
            }
        }
    }

    @Test
    void drainingCopyAnswersAndIsAskedLast() {
        try (ToldNode one = new ToldNode(ToldNode.state("query-1", ToldNode.copy(SHARD, State.DRAINING))
                        .setDraining(true)
                        .build());
                ToldNode two = node("query-2", State.SERVING)) {
            directory.add(one.address());
            keeper.start();
            ShardMap map = await(known -> known.nodes().size() == 2);
            assertThat(map.servingCopies(SHARD))
                    .extracting(copy -> copy.node().name())
                    .containsExactly("query-2", "query-1");
            assertThat(two).isNotNull();
        }
    }

    @Test
    void nodeThatCannotBeUnderstoodHidesNoOther() {
        CopyState gibberish = CopyState.newBuilder()
                .setShard(ShardRef.newBuilder().setIndexUuid(ByteString.copyFromUtf8("short")))
                .build();
        try (ToldNode one = new ToldNode(ToldNode.state("query-1", gibberish).build());
                ToldNode two = node("query-2", State.SERVING)) {
            directory.add(one.address());
            keeper.start();
            ShardMap map = await(known -> keeper.surveyed() && known.nodes().size() == 1);
            assertThat(map.node("query-2")).isPresent();
            assertThat(two).isNotNull();
        }
    }

    @Test
    void loadIsReadWithoutANewMap() {
        try (ToldNode one = node("query-1", State.SERVING)) {
            keeper.start();
            ShardMap map = await(known -> known.nodes().size() == 1);
            LiveNode node = map.node("query-1").orElseThrow().node();
            one.says(ToldNode.state("query-1", ToldNode.copy(SHARD, State.SERVING))
                    .setLoad(NodeLoad.newBuilder().setQueuedSearches(7))
                    .build());
            one.says(ToldNode.state("query-1", ToldNode.copy(SHARD, State.SERVING))
                    .setLoad(NodeLoad.newBuilder().setQueuedSearches(7))
                    .setCatalogVersion(3)
                    .build());
            ShardMap next = await(known -> known.catalogVersion() == 3);
            assertThat(node.load().getQueuedSearches()).isEqualTo(7);
            assertThat(next.node("query-1").orElseThrow().node()).isSameAs(node);
        }
    }

    private ToldNode node(String name, State state) {
        ToldNode node =
                new ToldNode(ToldNode.state(name, ToldNode.copy(SHARD, state)).build());
        directory.add(node.address());
        return node;
    }

    private ShardMap await(Predicate<ShardMap> condition) {
        return keeper.when(condition, PATIENCE).join();
    }

    private static final class NoCredentials extends CallCredentials {
        @Override
        public void applyRequestMetadata(RequestInfo call, Executor executor, MetadataApplier applier) {
            applier.apply(new io.grpc.Metadata());
        }
    }
}
