package io.elpis.index.allocator;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * @param grace how long a missing node is thought to be restarting
 * @param drainDelay a node draining for less than this is restarting; its copies stay
 * @param takeover silence of the allocator after which another takes over
 * @param survey how long a new allocator waits for all nodes to be heard of before it places new copies
 * @param diskReserve a node with less free disk than this gets no new copies
 */
@Validated
@ConfigurationProperties("elpis.placement")
public record AllocatorProperties(
        @DefaultValue("60s") Duration grace,
        @DefaultValue("5s") Duration drainDelay,
        @DefaultValue("1s") Duration heartbeat,
        @DefaultValue("5s") Duration takeover,
        @DefaultValue("5s") Duration survey,
        @DefaultValue("2") @Min(0) int concurrentMoves,
        @DefaultValue("256MB") DataSize diskReserve) {
    public AllocatorProperties {
        if (heartbeat.multipliedBy(2).compareTo(takeover) > 0) {
            throw new IllegalArgumentException(
                    "elpis.placement.takeover " + takeover + " is less than two heartbeats of " + heartbeat);
        }
    }
}
