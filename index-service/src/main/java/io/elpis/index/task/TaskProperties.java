package io.elpis.index.task;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param maxRunning tasks that run at one time on the whole platform; more are refused with 429
 * @param retained finished tasks that can still be asked for
 * @param look how often tasks without an instance are looked for
 * @param silence of an instance, after which the database gives its tasks to others
 * @param answerWithin how long a request waits for its task to end; shorter than the gateway's deadline
 * @param patience how long a task tries again what other parts of the platform refuse
 */
@Validated
@ConfigurationProperties("elpis.task")
public record TaskProperties(
        @DefaultValue("20") @Min(1) int maxRunning,
        @DefaultValue("1000") @Min(1) int retained,
        @DefaultValue("1s") Duration look,
        @DefaultValue("10s") Duration silence,
        @DefaultValue("50s") Duration answerWithin,
        @DefaultValue("2m") Duration patience) {}
