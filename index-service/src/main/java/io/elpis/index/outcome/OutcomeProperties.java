package io.elpis.index.outcome;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param maxPending writes that may wait for their outcome at one time; more are refused with 429
 * @param stall with writers waiting and nothing heard for this long, another copy is followed
 * @param idle a shard without writers is followed this much longer
 */
@Validated
@ConfigurationProperties("elpis.outcome")
public record OutcomeProperties(
        @DefaultValue("50000") @Min(1) int maxPending,
        @DefaultValue("1s") Duration stall,
        @DefaultValue("10s") Duration idle) {}
