package io.elpis.index.deadletter;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** @param most letters that a listing looks through; of older ones it only says that there are some */
@Validated
@ConfigurationProperties("elpis.dead-letters")
public record DeadLetterProperties(
        @DefaultValue("10000") @Min(1) int most) {}
