package io.elpis.index.allocator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.index.broker.LocalBroker;
import io.elpis.index.log.LogProperties;
import io.elpis.index.log.LogTopics;
import io.elpis.protocol.placement.PlacementRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

/** Take-over and fencing as a real broker does them. */
final class AllocatorIT {
    private static final AllocatorProperties PROPERTIES = new AllocatorProperties(
            Duration.ofSeconds(60),
            Duration.ofSeconds(5),
            Duration.ofMillis(300),
            Duration.ofMillis(1_500),
            Duration.ofSeconds(5),
            2,
            DataSize.ofBytes(0));

    private final FixedWorld world = new FixedWorld();

    @BeforeAll
    static void createTopic() {
        LogProperties properties =
                new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("elpis.log", LogProperties.class);
        try (LogTopics topics = new LogTopics(Admin.create(LocalBroker.connection()), properties)) {
            topics.ensureCompacted(LogTopics.PLACEMENT);
        }
    }

    @Test
    void anotherTakesOverWhenTheAllocatorFallsSilentAndFencesIt() throws Exception {
        world.node("query-1");
        world.node("query-2");
        world.index(1, 2, 2);
        Allocator first = allocator("index-1");
        Allocator second = allocator("index-2");
        try (AutoCloseable _ = first::close;
                AutoCloseable _ = second::close) {
            untilLeading(first);
            until(() -> first.placements().size() == 2, first);

            // The first stalls: it is not stepped any more, and believes to be in office still.
            untilLeading(second);
            assertThat(second.placements()).hasSize(2);
            assertThat(first.isLeading()).isTrue();

            world.index(2, 1, 1);
            until(() -> second.placements().size() == 3, second);
            until(() -> !first.isLeading(), first);
            assertThat(second.isLeading()).isTrue();
        }
    }

    @Test
    void anEarlierWritersAppendFailsWhole() {
        PlacementLog log = new KafkaPlacementLog(LocalBroker.connection());
        try (PlacementLog.Writer earlier = log.takeOver()) {
            earlier.append(List.of(PlacementTable.sign("earlier", 1, 0)));
            try (PlacementLog.Writer later = log.takeOver()) {
                assertThatThrownBy(() -> earlier.append(List.of(PlacementTable.sign("earlier", 1, 1))))
                        .isInstanceOf(KafkaException.class);
                long offset = later.append(List.of(PlacementTable.sign("later", 2, 0)));
                assertThat(signsUpTo(log, offset))
                        .endsWith("earlier 0", "later 0")
                        .doesNotContain("earlier 1");
            }
        }
    }

    private static List<String> signsUpTo(PlacementLog log, long offset) {
        List<String> signs = new ArrayList<>();
        try (PlacementLog.Reader reader = log.read()) {
            Awaitility.await().atMost(Duration.ofSeconds(30)).pollInSameThread().until(() -> {
                reader.poll(Duration.ofMillis(100)).stream()
                        .filter(PlacementRecord::hasAllocator)
                        .map(PlacementRecord::getAllocator)
                        .forEach(sign -> signs.add(sign.getInstance() + " " + sign.getBeat()));
                return reader.position() > offset;
            });
        }
        return signs;
    }

    private static Allocator allocator(String instance, World world) {
        return new Allocator(
                instance,
                new KafkaPlacementLog(LocalBroker.connection()),
                world,
                PROPERTIES,
                System::nanoTime,
                RandomGenerator.getDefault());
    }

    private Allocator allocator(String instance) {
        return allocator(instance, world);
    }

    private static void untilLeading(Allocator allocator) {
        until(allocator::isLeading, allocator);
    }

    private static void until(Callable<Boolean> condition, Allocator... stepped) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).pollInSameThread().until(() -> {
            for (Allocator allocator : List.of(stepped)) {
                try {
                    allocator.step(Duration.ofMillis(50));
                } catch (KafkaException fenced) {
                    // By what it reads or by what it appends, whichever comes first: it hears of its end.
                    assertThat(allocator.isLeading()).isFalse();
                }
            }
            return condition.call();
        });
    }
}
