package io.elpis.index.allocator;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.index.allocator.PlacementTable.Placed;
import io.elpis.index.log.LogPartition;
import io.elpis.index.placement.Copies;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.placement.PlacementRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** Several allocators on one log, each stepped when it pleases the seed, so that they stall, overlap and duel. */
final class AllocatorSimulationTest {
    private static final AllocatorProperties PROPERTIES = new AllocatorProperties(
            Duration.ofSeconds(60),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            2,
            DataSize.ofBytes(0));

    private static final Placed NOT_PLACED = new Placed(new LogPartition("none", 0, 1), Copies.NONE, true);

    @Test
    void duelsAndStallsAreHarmless() {
        for (long seed = 0; seed < 400; seed++) {
            try {
                new History(seed).run();
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError("seed " + seed, failure);
            }
        }
    }

    private static final class History {
        private final RandomGenerator random;
        private final FencedLog log = new FencedLog();
        private final FixedWorld world = new FixedWorld();
        private final List<Allocator> allocators = new ArrayList<>();
        private long now;

        History(long seed) {
            random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            for (int instance = 0; instance < 2 + random.nextInt(2); instance++) {
                allocators.add(start(instance));
            }
        }

        private Allocator start(int instance) {
            return new Allocator("index-" + instance, log, world, PROPERTIES, () -> now, random);
        }

        void run() {
            int indices = 0;
            for (int step = 0; step < 150; step++) {
                now += Duration.ofMillis(random.nextInt(1_500)).toNanos();
                switch (random.nextInt(20)) {
                    case 0 -> world.index(indices++, 1 + random.nextInt(3), 1 + random.nextInt(2));
                    case 1 -> world.node("query-" + world.nodes.size());
                    case 2 -> log.down = true;
                    case 3 -> {
                        // Killed and started again.
                        int instance = random.nextInt(allocators.size());
                        allocators.set(instance, start(instance));
                    }
                    case 4 -> now += Duration.ofSeconds(random.nextInt(20)).toNanos();
                    case 5 ->
                        world.wanted.keySet().stream()
                                .findAny()
                                .map(shard -> shard.id().index())
                                .ifPresent(world::delete);
                    default -> log.down = false;
                }
                step(allocators.get(random.nextInt(allocators.size())));
            }
            log.down = false;
            assertTermsDoNotMix();
            comeToRest();
        }

        private void step(Allocator allocator) {
            try {
                allocator.step(Duration.ofMillis(1));
            } catch (IllegalStateException fencedOrDown) {
                assertThat(allocator.isLeading()).isFalse();
            }
        }

        /** Nothing of an earlier term comes after something of a later one. */
        private void assertTermsDoNotMix() {
            long highest = 0;
            for (PlacementRecord record : log.records) {
                long epoch = record.hasAllocator()
                        ? record.getAllocator().getEpoch()
                        : record.getShard().getAllocatorEpoch();
                assertThat(epoch).isGreaterThanOrEqualTo(highest);
                highest = epoch;
            }
        }

        private void comeToRest() {
            for (int round = 0; round < 40; round++) {
                now += Duration.ofMillis(700).toNanos();
                allocators.forEach(this::step);
            }
            assertThat(allocators.stream().filter(Allocator::isLeading)).hasSize(1);
            PlacementTable table = new PlacementTable();
            log.records.forEach(table::apply);
            Map<ShardId, Placed> placed = table.shards();
            world.wanted
                    .keySet()
                    .forEach(shard -> assertThat(placed.getOrDefault(shard.id(), NOT_PLACED))
                            .satisfies(is -> assertThat(is.deleted()).isFalse())
                            .satisfies(is -> assertThat(is.copies().holders())
                                    .hasSize(Math.min(shard.copies(), world.nodes.size()))));
            placed.forEach((shard, is) -> assertThat(is.deleted()).isEqualTo(world.deleted.contains(shard.index())));
        }
    }
}
