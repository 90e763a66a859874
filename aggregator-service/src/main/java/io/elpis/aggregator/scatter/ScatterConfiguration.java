package io.elpis.aggregator.scatter;

import io.elpis.aggregator.plan.ChoiceWeights;
import io.elpis.aggregator.plan.CopyChoice;
import io.elpis.aggregator.plan.NodeGauges;
import io.elpis.support.topology.ShardMapKeeper;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the scatter with this instance's zone, clock and randomness. */
@Configuration(proxyBeanMethods = false)
class ScatterConfiguration {
    @Bean
    WheelAlarm hedgeAlarm() {
        return new WheelAlarm();
    }

    @Bean
    ShardScatter shardScatter(
            ShardMapKeeper shardMap,
            ScatterProperties properties,
            WheelAlarm alarm,
            ScatterEvents events,
            @Value("${elpis.zone}") String zone) {
        NodeGauges gauges = new NodeGauges(System::nanoTime);
        RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
        return new ShardScatter(
                shardMap::current,
                new CopyChoice(gauges, zone, ChoiceWeights.DEFAULT, random),
                gauges,
                new NodeBreakers(properties.breakerCalls(), properties.breakerFailureRate(), properties.breakerPause()),
                new Budget(properties.retryShare(), properties.retryBurst()),
                new Budget(properties.hedgeShare(), properties.hedgeShare() == 0 ? 0 : properties.hedgeBurst()),
                new HedgePolicy(properties.hedgeFloor(), properties.hedgeCeiling()),
                alarm,
                System::nanoTime,
                events);
    }

    @Bean
    CopyCalls copyCalls(ShardScatter scatter, ScatterProperties properties) {
        return new CopyCalls(scatter, new HedgePolicy(properties.hedgeFloor(), properties.hedgeCeiling()));
    }
}
