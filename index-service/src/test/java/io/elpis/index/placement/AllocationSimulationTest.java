package io.elpis.index.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.ShardId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** Histories of nodes that crash, restart, drain and join while indices come and go; one seed decides each. */
final class AllocationSimulationTest {
    private static final int SEEDS = 2_000;
    private static final int MOVES = 2;
    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final Duration DRAIN_DELAY = Duration.ofSeconds(5);

    @Test
    void lawsHoldAlongEveryHistory() {
        for (long seed = 0; seed < SEEDS; seed++) {
            try {
                new World(seed).run();
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError("seed " + seed, failure);
            }
        }
    }

    private static <K, V> V at(Map<K, V> map, K key) {
        return Objects.requireNonNull(map.get(key));
    }

    private static final class Node {
        final String zone;
        boolean up = true;
        boolean draining;
        /** Shards on its disk and when they will have caught up. */
        final Map<ShardId, Long> servesFrom = new HashMap<>();

        Node(String zone) {
            this.zone = zone;
        }
    }

    private static final class World {
        private final RandomGenerator random;
        private final Map<String, Node> nodes = new TreeMap<>();
        private final Map<ShardId, WantedShard> wanted = new TreeMap<>();
        private Map<ShardId, Copies> placement = new TreeMap<>();
        private NodeRoll roll = new NodeRoll(GRACE, DRAIN_DELAY);
        private final int zones;
        private long second;

        World(long seed) {
            random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            zones = 1 + random.nextInt(3);
            for (int node = 0; node < 1 + random.nextInt(5); node++) {
                join();
            }
        }

        void run() {
            for (int step = 0; step < 60; step++) {
                disturb();
                second += random.nextInt(20);
                allocate(false);
            }
            nodes.values().forEach(node -> {
                node.up = true;
                node.draining = false;
            });
            settle();
            assertSettledState();
        }

        private void disturb() {
            switch (random.nextInt(12)) {
                case 0 -> createIndex();
                case 1 -> wanted.keySet().stream().findAny().map(ShardId::index).ifPresent(this::deleteIndex);
                case 2, 3 -> anyNode().up = false;
                case 4, 5, 6 -> anyNode().up = true;
                case 7 -> anyNode().draining = random.nextBoolean();
                case 8 -> {
                    if (nodes.size() < 8) {
                        join();
                    }
                }
                case 9 -> wanted.replaceAll((_, shard) -> new WantedShard(shard.id(), shard.copies(), size()));
                case 10 -> changeReplicas();
                // A new allocator took over: it starts to watch from now.
                default -> roll = new NodeRoll(GRACE, DRAIN_DELAY);
            }
        }

        private void join() {
            int number = nodes.size();
            nodes.put("n" + number, new Node("z" + number % zones));
        }

        private Node anyNode() {
            List<Node> all = new ArrayList<>(nodes.values());
            return all.get(random.nextInt(all.size()));
        }

        private void createIndex() {
            IndexUuid index = new IndexUuid(new UUID(random.nextLong(), random.nextLong()));
            int copies = 1 + random.nextInt(3);
            for (int shard = 0; shard < 1 + random.nextInt(4); shard++) {
                ShardId id = new ShardId(index, shard);
                wanted.put(id, new WantedShard(id, copies, 0));
            }
        }

        private void deleteIndex(IndexUuid index) {
            wanted.keySet().removeIf(shard -> shard.index().equals(index));
        }

        private void changeReplicas() {
            int copies = 1 + random.nextInt(4);
            wanted.replaceAll((_, shard) -> new WantedShard(shard.id(), copies, shard.sizeBytes()));
        }

        private long size() {
            return random.nextInt(1_000_000);
        }

        /** @return whether anything changed */
        private boolean allocate(boolean quick) {
            List<NodeView> views =
                    roll.call(Duration.ofSeconds(second).toNanos(), sightings(), Allocation.nodesOf(placement));
            Set<ShardId> servedBefore = served(placement);
            Map<ShardId, Copies> next = Allocation.decide(wanted.values(), views, placement, MOVES);

            assertThat(next.keySet()).isEqualTo(wanted.keySet());
            assertThat(Allocation.decide(wanted.values(), views, placement, MOVES))
                    .as("the same question has the same answer")
                    .isEqualTo(next);
            Set<ShardId> servedAfter = served(next);
            servedBefore.retainAll(wanted.keySet());
            assertThat(servedAfter).as("no decision ends a shard's service").containsAll(servedBefore);
            next.forEach((shard, copies) -> assertEnoughCopies(shard, copies, views));

            boolean changed = !next.equals(placement);
            placement = next;
            build(quick);
            return changed;
        }

        private void assertEnoughCopies(ShardId shard, Copies copies, List<NodeView> views) {
            long takers = views.stream()
                    .filter(node -> node.availability() == Availability.PRESENT)
                    .count();
            int asked = at(wanted, shard).copies();
            assertThat(copies.holders()).hasSizeLessThanOrEqualTo(asked).hasSizeGreaterThanOrEqualTo((int)
                    Math.min(asked, takers));
        }

        private void build(boolean quick) {
            nodes.forEach((name, node) -> {
                if (!node.up) {
                    return;
                }
                node.servesFrom
                        .keySet()
                        .removeIf(shard -> !placement
                                .getOrDefault(shard, Copies.NONE)
                                .byNode()
                                .containsKey(name));
                placement.forEach((shard, copies) -> {
                    if (copies.byNode().containsKey(name)) {
                        node.servesFrom.putIfAbsent(shard, quick ? second : second + random.nextInt(50));
                    }
                });
            });
        }

        private Set<ShardId> served(Map<ShardId, Copies> placement) {
            Set<ShardId> served = new HashSet<>();
            placement.forEach((shard, copies) -> {
                if (copies.byNode().keySet().stream()
                        .anyMatch(name -> serving(at(nodes, name)).contains(shard))) {
                    served.add(shard);
                }
            });
            return served;
        }

        private List<NodeSighting> sightings() {
            List<NodeSighting> sightings = new ArrayList<>();
            nodes.forEach((name, node) -> {
                if (node.up) {
                    sightings.add(new NodeSighting(name, node.zone, node.draining, false, serving(node)));
                }
            });
            return sightings;
        }

        private Set<ShardId> serving(Node node) {
            Set<ShardId> serving = new HashSet<>();
            if (node.up) {
                node.servesFrom.forEach((shard, from) -> {
                    if (from <= second) {
                        serving.add(shard);
                    }
                });
            }
            return serving;
        }

        /** With nothing failing any more, deciding comes to rest. */
        private void settle() {
            int quiet = 0;
            for (int round = 0; quiet < 3; round++) {
                assertThat(round).as("rounds until rest").isLessThan(300);
                second += 60;
                quiet = allocate(true) ? 0 : quiet + 1;
            }
        }

        private void assertSettledState() {
            boolean equalSizes = wanted.values().stream()
                            .mapToLong(WantedShard::sizeBytes)
                            .distinct()
                            .count()
                    <= 1;
            placement.forEach((shard, copies) -> {
                assertThat(copies.leaving()).isEmpty();
                assertThat(copies.holders()).hasSize(Math.min(at(wanted, shard).copies(), nodes.size()));
                assertSpread(copies);
            });
            if (zones == 1 && equalSizes) {
                List<Integer> counts = nodes.keySet().stream()
                        .map(name -> (int) placement.values().stream()
                                .filter(copies -> copies.holders().contains(name))
                                .count())
                        .sorted()
                        .toList();
                assertThat(counts.getLast() - counts.getFirst()).isLessThanOrEqualTo(1);
            }
        }

        private void assertSpread(Copies copies) {
            for (Node from : nodes.values()) {
                for (Map.Entry<String, Node> to : nodes.entrySet()) {
                    if (!copies.holders().contains(to.getKey())) {
                        assertThat(inZone(copies, from.zone) - inZone(copies, to.getValue().zone))
                                .as("zones of %s", copies)
                                .isLessThanOrEqualTo(1);
                    }
                }
            }
        }

        private long inZone(Copies copies, String zone) {
            return copies.holders().stream()
                    .filter(name -> at(nodes, name).zone.equals(zone))
                    .count();
        }
    }
}
