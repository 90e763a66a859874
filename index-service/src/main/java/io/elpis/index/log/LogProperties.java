package io.elpis.index.log;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * @param linger how long a record may wait for others to share its batch
 * @param deliveryTimeout after this an append that the broker has not confirmed counts as undecided
 * @param maxBlock how long an append may wait for metadata or buffer before it is refused
 * @param stall with appends under way and none confirmed for this long, new ones are refused
 * @param adminTimeout for creating and deleting topics; an index is not created when it takes longer
 * @param startTimeout for finding the brokers and checking all topics when the service starts
 */
@Validated
@ConfigurationProperties("elpis.log")
public record LogProperties(
        @DefaultValue("1") @Min(1) short replicationFactor,
        @DefaultValue("1") @Min(1) short minInsyncReplicas,
        @DefaultValue("1ms") Duration linger,
        @DefaultValue("256KB") DataSize batchSize,
        @DefaultValue("48MB") DataSize buffer,
        @DefaultValue("15MB") DataSize maxRecord,
        @DefaultValue("lz4") @NotBlank String compression,
        @DefaultValue("20s") Duration deliveryTimeout,
        @DefaultValue("5s") Duration requestTimeout,
        @DefaultValue("3s") Duration maxBlock,
        @DefaultValue("3s") Duration stall,
        @DefaultValue("15s") Duration adminTimeout,
        @DefaultValue("60s") Duration startTimeout,
        @DefaultValue("5") @Min(1) @Max(5) int inFlightRequests) {
    public LogProperties {
        if (minInsyncReplicas > replicationFactor) {
            throw new IllegalArgumentException("elpis.log.min-insync-replicas " + minInsyncReplicas
                    + " is more than elpis.log.replication-factor " + replicationFactor);
        }
    }
}
