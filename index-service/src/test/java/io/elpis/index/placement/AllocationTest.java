package io.elpis.index.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.ShardId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class AllocationTest {
    private static final IndexUuid INDEX = new IndexUuid(new UUID(1, 1));

    @Test
    void freshShardsSpreadEvenlyOverEqualNodes() {
        Map<ShardId, Copies> placed = decide(shards(3, 2), nodes("a/z", "b/z", "c/z"), Map.of());

        assertThat(placed.values())
                .allSatisfy(copies -> assertThat(copies.holders()).hasSize(2));
        for (String node : List.of("a", "b", "c")) {
            assertThat(placed.values().stream()
                            .filter(copies -> copies.holders().contains(node)))
                    .hasSize(2);
        }
    }

    @Test
    void copiesOfAShardGoToDifferentZones() {
        Map<ShardId, Copies> placed = decide(shards(4, 2), nodes("a/x", "b/y", "c/x", "d/y"), Map.of());

        assertThat(placed.values())
                .allSatisfy(copies -> assertThat(copies.holders().stream()
                                .map(node -> "ac".contains(node) ? "x" : "y")
                                .distinct())
                        .hasSize(2));
    }

    @Test
    void aSingleNodeGetsOneCopyAndTheRestWhenOthersJoin() {
        Map<ShardId, Copies> one = decide(shards(2, 2), nodes("a/x"), Map.of());
        assertThat(one.values())
                .allSatisfy(copies -> assertThat(copies.holders()).containsExactly("a"));

        Map<ShardId, Copies> two = decide(shards(2, 2), nodes("a/x", "b/x"), one);
        assertThat(two.values())
                .allSatisfy(copies -> assertThat(copies.holders()).containsExactlyInAnyOrder("a", "b"));
    }

    @Test
    void aNodeThatIsAwayKeepsItsCopies() {
        Map<ShardId, Copies> before = decide(shards(3, 2), nodes("a/x", "b/x", "c/x"), Map.of());
        List<NodeView> nodes = new ArrayList<>(nodes("a/x", "b/x"));
        nodes.add(new NodeView("c", "x", Availability.AWAY, Set.of()));

        assertThat(decide(shards(3, 2), nodes, before)).isEqualTo(before);
    }

    @Test
    void aGoneNodesCopiesAreBuiltElsewhere() {
        Map<ShardId, Copies> before = decide(shards(3, 2), nodes("a/x", "b/x", "c/x"), Map.of());

        Map<ShardId, Copies> after = decide(shards(3, 2), nodes("a/x", "b/x"), before);

        assertThat(after.values())
                .allSatisfy(copies -> assertThat(copies.byNode().keySet()).containsExactlyInAnyOrder("a", "b"));
    }

    @Test
    void aGoneNodesCopyStaysItsOwnWhereNobodyElseCanTakeIt() {
        Map<ShardId, Copies> before = decide(shards(1, 2), nodes("a/x", "b/x"), Map.of());

        assertThat(decide(shards(1, 2), nodes("a/x"), before)).isEqualTo(before);
    }

    @Test
    void aLostCopyIsBuiltOnAFreeNode() {
        List<WantedShard> wanted = shards(1, 2);
        ShardId shard = wanted.getFirst().id();
        Map<ShardId, Copies> before = Map.of(shard, new Copies(Map.of("a", Role.HOLDER, "b", Role.HOLDER)));
        NodeView failing = new NodeView("a", "x", Availability.PRESENT, Set.of(), Set.of(shard));
        NodeView good = new NodeView("b", "x", Availability.PRESENT, Set.of(shard));
        NodeView free = new NodeView("c", "x", Availability.PRESENT, Set.of());

        assertThat(roles(decide(wanted, List.of(failing, good, free), before), shard))
                .isEqualTo(Map.of("b", Role.HOLDER, "c", Role.HOLDER));
        assertThat(decide(wanted, List.of(failing, good), before))
                .as("nobody else can take it")
                .isEqualTo(before);
    }

    @Test
    void aLostCopyThatNobodyCanTakeKeepsNobodyFromBalancing() {
        List<WantedShard> wanted = shards(9, 1);
        Map<ShardId, Copies> before = new TreeMap<>();
        wanted.forEach(shard -> before.put(shard.id(), new Copies(Map.of("a", Role.HOLDER))));
        ShardId stuck = wanted.getFirst().id();
        Set<ShardId> served = wanted.stream().skip(1).map(WantedShard::id).collect(Collectors.toSet());
        NodeView a = new NodeView("a", "x", Availability.PRESENT, served, Set.of(stuck));
        NodeView b = new NodeView("b", "x", Availability.PRESENT, Set.of(), Set.of(stuck));

        Map<ShardId, Copies> after = decide(wanted, List.of(a, b), before);

        assertThat(after.get(stuck)).isEqualTo(before.get(stuck));
        assertThat(after.values().stream().filter(copies -> copies.holders().contains("b")))
                .hasSize(2);
    }

    @Test
    void aDrainingNodeLeavesOnlyWhenItsReplacementServes() {
        List<WantedShard> wanted = shards(1, 1);
        ShardId shard = wanted.getFirst().id();
        Map<ShardId, Copies> before = decide(wanted, nodes("a/x"), Map.of());
        NodeView draining = new NodeView("a", "x", Availability.DRAINING, Set.of(shard));
        NodeView building = new NodeView("b", "x", Availability.PRESENT, Set.of());

        Map<ShardId, Copies> moving = decide(wanted, List.of(draining, building), before);
        assertThat(roles(moving, shard)).isEqualTo(Map.of("a", Role.LEAVING, "b", Role.HOLDER));
        assertThat(decide(wanted, List.of(draining, building), moving)).isEqualTo(moving);

        NodeView built = new NodeView("b", "x", Availability.PRESENT, Set.of(shard));
        assertThat(roles(decide(wanted, List.of(draining, built), moving), shard))
                .isEqualTo(Map.of("b", Role.HOLDER));
    }

    @Test
    void aDrainingNodeStaysWhereThereIsNoOther() {
        List<WantedShard> wanted = shards(1, 2);
        Map<ShardId, Copies> before = decide(wanted, nodes("a/x", "b/x"), Map.of());
        List<NodeView> allDraining = List.of(
                new NodeView("a", "x", Availability.DRAINING, Set.of()),
                new NodeView("b", "x", Availability.DRAINING, Set.of()));

        assertThat(decide(wanted, allDraining, before)).isEqualTo(before);
    }

    @Test
    void fewerReplicasGiveUpACopyThatDoesNotServe() {
        ShardId shard = shards(1, 1).getFirst().id();
        Map<ShardId, Copies> before = Map.of(shard, new Copies(Map.of("a", Role.HOLDER, "b", Role.HOLDER)));
        List<NodeView> nodes = List.of(
                new NodeView("a", "x", Availability.PRESENT, Set.of()),
                new NodeView("b", "x", Availability.PRESENT, Set.of(shard)));

        assertThat(roles(decide(shards(1, 1), nodes, before), shard)).isEqualTo(Map.of("b", Role.HOLDER));
    }

    @Test
    void aNewNodeTakesOverItsShareAFewMovesAtATime() {
        List<WantedShard> wanted = shards(12, 1);
        Map<ShardId, Copies> placement = decide(wanted, nodes("a/x", "b/x"), Map.of());
        int rounds = 0;
        for (Map<ShardId, Copies> before = Map.of(); !before.equals(placement); rounds++) {
            before = placement;
            placement = decide(wanted, serving(placement, "a/x", "b/x", "c/x"), before);
            assertThat(placement.values().stream()
                            .filter(copies -> !copies.leaving().isEmpty()))
                    .hasSizeLessThanOrEqualTo(2);
        }
        Map<ShardId, Copies> settled = placement;
        assertThat(rounds).isLessThan(20);
        assertThat(List.of("a", "b", "c"))
                .allSatisfy(node -> assertThat(settled.values().stream()
                                .filter(copies -> copies.holders().contains(node)))
                        .hasSize(4));
    }

    @Test
    void heavyShardsWeighMore() {
        List<WantedShard> wanted = List.of(
                new WantedShard(new ShardId(INDEX, 0), 1, 1_000_000),
                new WantedShard(new ShardId(INDEX, 1), 1, 1),
                new WantedShard(new ShardId(INDEX, 2), 1, 1));

        Map<ShardId, Copies> placed = decide(wanted, nodes("a/x", "b/x"), Map.of());

        assertThat(placed.get(new ShardId(INDEX, 1))).isEqualTo(placed.get(new ShardId(INDEX, 2)));
        assertThat(placed.get(new ShardId(INDEX, 0))).isNotEqualTo(placed.get(new ShardId(INDEX, 1)));
    }

    private static Map<ShardId, Copies> decide(
            List<WantedShard> wanted, List<NodeView> nodes, Map<ShardId, Copies> present) {
        return Allocation.decide(wanted, nodes, present, 2);
    }

    private static Map<String, Role> roles(Map<ShardId, Copies> placement, ShardId shard) {
        return placement.getOrDefault(shard, Copies.NONE).byNode();
    }

    private static List<WantedShard> shards(int count, int copies) {
        List<WantedShard> shards = new ArrayList<>();
        for (int shard = 0; shard < count; shard++) {
            shards.add(new WantedShard(new ShardId(INDEX, shard), copies, 0));
        }
        return shards;
    }

    private static List<NodeView> nodes(String... namesAndZones) {
        return serving(Map.of(), namesAndZones);
    }

    /** All here, each serving what the placement gives it. */
    private static List<NodeView> serving(Map<ShardId, Copies> placement, String... namesAndZones) {
        return Arrays.stream(namesAndZones)
                .map(text -> {
                    String name = text.substring(0, text.indexOf('/'));
                    Set<ShardId> serving = new TreeMap<>(placement)
                            .entrySet().stream()
                                    .filter(shard -> shard.getValue().byNode().containsKey(name))
                                    .map(Map.Entry::getKey)
                                    .collect(Collectors.toSet());
                    return new NodeView(name, text.substring(text.indexOf('/') + 1), Availability.PRESENT, serving);
                })
                .toList();
    }
}
