package io.elpis.index.allocator;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** @param distance how many sequence numbers of a shard its tombstones stay */
@Validated
@ConfigurationProperties("elpis.tombstones")
public record TombstoneProperties(
        @DefaultValue("1000000") @Min(1) long distance) {}
