package io.elpis.index.outcome;

import io.elpis.support.identity.ServiceTokens;
import io.elpis.support.rpc.BearerCredentials;
import io.elpis.support.topology.ShardMapKeeper;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OutcomeProperties.class)
class OutcomeConfiguration {
    private static final Logger log = LoggerFactory.getLogger(OutcomeConfiguration.class);
    private static final long TOKEN_PATIENCE_MILLIS = 5_000;
    private static final long TICK_MILLIS = 200;

    @Bean(destroyMethod = "close")
    OutcomeTracker outcomeTracker(
            ShardMapKeeper shardMap, ServiceTokens tokens, OutcomeProperties properties, MeterRegistry meters) {
        OutcomeTracker tracker = new OutcomeTracker(
                new NodeOutcomeFeed(shardMap::current, BearerCredentials.own(tokens, TOKEN_PATIENCE_MILLIS)),
                properties);
        meters.gauge("elpis.outcome.pending", tracker, OutcomeTracker::reserved);
        return tracker;
    }

    @Bean
    OutcomeSource outcomeSource(ShardMapKeeper shardMap, ServiceTokens tokens) {
        return new NodeOutcomeSource(shardMap::current, BearerCredentials.own(tokens, TOKEN_PATIENCE_MILLIS));
    }

    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService outcomeTicks(OutcomeTracker tracker) {
        ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("outcome-ticks").daemon().factory());
        var unused = ticks.scheduleWithFixedDelay(() -> tick(tracker), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        return ticks;
    }

    /** A scheduled task that throws once is never run again. */
    private static void tick(OutcomeTracker tracker) {
        try {
            tracker.tick();
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("a tick failed; the next one comes");
        }
    }
}
