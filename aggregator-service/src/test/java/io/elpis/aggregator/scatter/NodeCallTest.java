package io.elpis.aggregator.scatter;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.aggregator.plan.ChoiceWeights;
import io.elpis.aggregator.plan.CopyChoice;
import io.elpis.aggregator.plan.NodeGauges;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class NodeCallTest {
    private final AtomicLong now = new AtomicLong(Duration.ofDays(9).toNanos());

    /** Otherwise whoever looks between decision and start takes it for a slow one, and asks another copy. */
    @Test
    void callThatWasDecidedOnAMomentAgoHasNotWaitedLong() {
        NodeCall<Object, Object> call = new NodeCall<>(scatter(), new SomeNode("query-1", false), (_, _) -> {});
        now.addAndGet(5);
        assertThat(call.waited()).isEqualTo(5);
    }

    private ShardScatter scatter() {
        NodeGauges gauges = new NodeGauges(now::get);
        return new ShardScatter(
                () -> {
                    throw new AssertionError("no map is needed");
                },
                new CopyChoice(gauges, "zone-a", ChoiceWeights.DEFAULT, RandomGenerator.getDefault()),
                gauges,
                new NodeBreakers(8, 50, Duration.ofSeconds(60)),
                new Budget(0, 1),
                new Budget(0, 1),
                new HedgePolicy(Duration.ofMillis(20), Duration.ofMillis(30)),
                (_, _) -> () -> {},
                now::get,
                ScatterEvents.NONE);
    }
}
