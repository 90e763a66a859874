package io.elpis.aggregator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.aggregator.plan.Assignment.NodeShare;
import io.elpis.model.schema.IndexMetadata;
import io.elpis.protocol.node.CopyState;
import io.elpis.protocol.node.NodeLoad;
import io.elpis.support.topology.LiveNode;
import io.elpis.support.topology.NodeView;
import io.elpis.support.topology.ShardCopy;
import io.elpis.support.topology.ShardMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CopyChoiceTest {
    private final AtomicLong nanos = new AtomicLong();
    private final NodeGauges gauges = new NodeGauges(nanos::get);
    private final IndexMetadata index = Indices.index("wiki", 8);

    private Assignment assign(ShardMap map, int shards, CopyChoice.Permits permits, long seed) {
        CopyChoice choice = new CopyChoice(gauges, "zone-a", ChoiceWeights.DEFAULT, new Random(seed));
        return choice.assign(targets(shards), IntStream.range(0, shards).boxed().toList(), map, permits);
    }

    private List<ShardTarget> targets(int shards) {
        return IntStream.range(0, shards)
                .mapToObj(shard -> new ShardTarget(index.shard(shard), index))
                .toList();
    }

    private NodeView view(LiveNode node, boolean draining, int... shards) {
        return new NodeView(
                node,
                1,
                1,
                draining,
                1,
                IntStream.of(shards)
                        .mapToObj(shard -> new ShardCopy(
                                index.shard(shard),
                                node,
                                CopyState.newBuilder()
                                        .setState(CopyState.State.SERVING)
                                        .build()))
                        .toList());
    }

    private static LiveNode node(String name) {
        return new StillNode(name, "zone-a", false);
    }

    /** Law: every shard with a permitted copy is assigned once, to a node that has it and may be asked. */
    @Test
    void everyShardGoesToExactlyOneNodeThatHasIt() {
        for (long run = 0; run < 2_000; run++) {
            long seed = run;
            Random random = new Random(seed);
            int shards = 1 + random.nextInt(8);
            Set<String> open = new HashSet<>();
            Map<LiveNode, Set<Integer>> holdings = new HashMap<>();
            List<NodeView> views = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(5); i++) {
                LiveNode node =
                        new StillNode("query-" + i, random.nextBoolean() ? "zone-a" : "zone-b", random.nextInt(4) == 0);
                int[] held = IntStream.range(0, shards)
                        .filter(_ -> random.nextBoolean())
                        .toArray();
                views.add(view(node, random.nextInt(4) == 0, held));
                holdings.put(node, new HashSet<>(IntStream.of(held).boxed().toList()));
                if (random.nextInt(4) == 0) {
                    open.add(node.name());
                }
            }
            Assignment assignment = assign(ShardMap.of(views), shards, new Circuits(open), seed);
            Map<Integer, LiveNode> assigned = new HashMap<>();
            for (NodeShare share : assignment.shares()) {
                assertThat(open).as("seed %d", seed).doesNotContain(share.node().name());
                share.ordinals()
                        .forEach(ordinal -> assertThat(assigned.put(ordinal, share.node()))
                                .as("seed %d", seed)
                                .isNull());
                assertThat(holdings.get(share.node())).as("seed %d", seed).containsAll(share.ordinals());
            }
            for (int shard = 0; shard < shards; shard++) {
                int wanted = shard;
                boolean held = holdings.entrySet().stream()
                        .anyMatch(entry -> !open.contains(entry.getKey().name())
                                && entry.getValue().contains(wanted));
                assertThat(assigned.containsKey(shard)).as("seed %d", seed).isEqualTo(held);
                assertThat(assignment.unassigned().contains(shard))
                        .as("seed %d", seed)
                        .isNotEqualTo(held);
            }
        }
    }

    @Test
    void silentAndDrainingNodesAreLastChoice() {
        LiveNode silent = new StillNode("query-1", "zone-a", true);
        ShardMap map = ShardMap.of(
                List.of(view(silent, false, 0, 1), view(node("query-2"), true, 0, 2), view(node("query-3"), false, 0)));
        for (long seed = 0; seed < 50; seed++) {
            Map<Integer, String> chosen = names(assign(map, 3, new Circuits(Set.of()), seed));
            assertThat(chosen)
                    .containsEntry(0, "query-3")
                    .containsEntry(1, "query-1")
                    .containsEntry(2, "query-2");
        }
    }

    @Test
    void ownZoneIsPreferredUntilItIsMuchSlower() {
        LiveNode near = node("query-1");
        LiveNode far = new StillNode("query-2", "zone-b", false);
        ShardMap map = ShardMap.of(List.of(view(near, false, 0), view(far, false, 0)));
        assertThat(names(assign(map, 1, new Circuits(Set.of()), 1))).containsEntry(0, "query-1");
        gauges.of(near).sent();
        gauges.of(near).answered(50_000_000, NodeLoad.getDefaultInstance());
        gauges.of(far).sent();
        gauges.of(far).answered(1_000_000, NodeLoad.getDefaultInstance());
        assertThat(names(assign(map, 1, new Circuits(Set.of()), 1))).containsEntry(0, "query-2");
    }

    @Test
    void nodeThatWasSlowWinsTrafficBack() {
        LiveNode slow = node("query-1");
        LiveNode quick = node("query-2");
        ShardMap map = ShardMap.of(List.of(view(slow, false, 0), view(quick, false, 0)));
        gauges.of(slow).sent();
        gauges.of(slow).answered(500_000_000, NodeLoad.getDefaultInstance());
        gauges.of(quick).sent();
        gauges.of(quick).answered(2_000_000, NodeLoad.getDefaultInstance());
        assertThat(names(assign(map, 1, new Circuits(Set.of()), 3))).containsEntry(0, "query-2");
        nanos.addAndGet(60_000_000_000L);
        gauges.of(quick).sent();
        gauges.of(quick).answered(2_000_000, NodeLoad.getDefaultInstance());
        assertThat(names(assign(map, 1, new Circuits(Set.of()), 3))).containsEntry(0, "query-1");
    }

    @Test
    void outstandingCallsCountAgainstANode() {
        LiveNode busy = node("query-1");
        ShardMap map = ShardMap.of(List.of(view(busy, false, 0), view(node("query-2"), false, 0)));
        for (int i = 0; i < 4; i++) {
            gauges.of(busy).sent();
        }
        for (long seed = 0; seed < 50; seed++) {
            assertThat(names(assign(map, 1, new Circuits(Set.of()), seed))).containsEntry(0, "query-2");
        }
    }

    @Test
    void shardsAreGroupedOnFewNodes() {
        ShardMap map = ShardMap.of(List.of(
                view(node("query-1"), false, 0, 2),
                view(node("query-2"), false, 0, 1),
                view(node("query-3"), false, 1, 2)));
        for (long seed = 0; seed < 50; seed++) {
            assertThat(assign(map, 3, new Circuits(Set.of()), seed).shares()).hasSize(2);
        }
    }

    @Test
    void copiesThatAreBehindComeAfterTheOthersButBeforeSilentNodes() {
        LiveNode silent = new StillNode("query-1", "zone-a", true);
        ShardMap map = ShardMap.of(List.of(
                view(silent, false, 0, 1, 2), view(node("query-2"), false, 0, 1), view(node("query-3"), true, 0)));
        CopyChoice.Permits permits = new Behind("query-2");
        for (long seed = 0; seed < 50; seed++) {
            assertThat(names(assign(map, 3, permits, seed)))
                    .containsEntry(0, "query-3")
                    .containsEntry(1, "query-2")
                    .containsEntry(2, "query-1");
        }
    }

    private record Behind(String name) implements CopyChoice.Permits {
        @Override
        public boolean mayAsk(int ordinal, LiveNode node) {
            return true;
        }

        @Override
        public boolean isBehind(ShardCopy copy) {
            return copy.node().name().equals(name);
        }

        @Override
        public boolean acquire(LiveNode node) {
            return true;
        }
    }

    private static Map<Integer, String> names(Assignment assignment) {
        Map<Integer, String> names = new HashMap<>();
        assignment
                .shares()
                .forEach(share -> share.ordinals()
                        .forEach(ordinal -> names.put(ordinal, share.node().name())));
        return names;
    }

    private record Circuits(Set<String> open) implements CopyChoice.Permits {
        @Override
        public boolean mayAsk(int ordinal, LiveNode node) {
            return true;
        }

        @Override
        public boolean acquire(LiveNode node) {
            return !open.contains(node.name());
        }
    }
}
