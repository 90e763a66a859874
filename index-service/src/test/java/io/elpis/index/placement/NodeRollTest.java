package io.elpis.index.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.ShardId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class NodeRollTest {
    private static final ShardId SHARD = new ShardId(new IndexUuid(new UUID(1, 1)), 0);

    private final NodeRoll roll = new NodeRoll(Duration.ofNanos(60), Duration.ofNanos(5));

    @Test
    void aMissingNodeIsAwayUntilGraceHasPassed() {
        assertThat(availability(0, seen(false))).isEqualTo(Availability.PRESENT);
        assertThat(availability(10)).isEqualTo(Availability.AWAY);
        assertThat(availability(69)).isEqualTo(Availability.AWAY);
        assertThat(availability(70)).isEqualTo(Availability.GONE);
    }

    @Test
    void aReturnRestartsTheGracePeriod() {
        availability(0);
        availability(50, seen(false));
        assertThat(availability(61)).isEqualTo(Availability.AWAY);
        assertThat(availability(120)).isEqualTo(Availability.AWAY);
        assertThat(availability(121)).isEqualTo(Availability.GONE);
    }

    @Test
    void aMissingNodeKeepsItsZone() {
        availability(0, seen(false));
        assertThat(roll.call(1, List.of(), Set.of("a")).getFirst().zone()).isEqualTo("x");
    }

    @Test
    void shortDrainingIsARestart() {
        assertThat(availability(0, seen(true))).isEqualTo(Availability.FULL);
        assertThat(availability(4, seen(true))).isEqualTo(Availability.FULL);
        assertThat(availability(5, seen(true))).isEqualTo(Availability.DRAINING);
        assertThat(availability(6, seen(false))).isEqualTo(Availability.PRESENT);
        assertThat(availability(7, seen(true))).isEqualTo(Availability.FULL);
    }

    @Test
    void nodesWithoutCopiesAreForgotten() {
        availability(0, seen(false));
        assertThat(roll.call(1, List.of(), Set.of())).isEmpty();
    }

    @Test
    void aCopyThatFailsForTheGracePeriodIsLost() {
        assertThat(lost(0, SHARD)).isEmpty();
        assertThat(lost(59, SHARD)).isEmpty();
        assertThat(lost(60, SHARD)).containsExactly(SHARD);
        assertThat(lost(61)).isEmpty();
        assertThat(lost(62, SHARD)).as("it came back meanwhile").isEmpty();
    }

    private Set<ShardId> lost(long now, ShardId... failed) {
        NodeSighting seen = new NodeSighting("a", "x", false, false, Set.of(), Set.of(failed));
        return roll.call(now, List.of(seen), Set.of("a")).getFirst().lost();
    }

    private Availability availability(long now, NodeSighting... sightings) {
        return roll.call(now, List.of(sightings), Set.of("a")).getFirst().availability();
    }

    private static NodeSighting seen(boolean draining) {
        return new NodeSighting("a", "x", draining, false, Set.of());
    }
}
