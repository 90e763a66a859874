package io.elpis.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.e2e.platform.Answer;
import io.elpis.e2e.platform.Platform;
import io.elpis.e2e.platform.Rest;
import io.elpis.e2e.platform.SharedPlatform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One of two index-services dies, whichever of them is the allocator: the other one carries on. */
@Tag("faults")
@ExtendWith(SharedPlatform.class)
final class AllocatorDeathIT {
    private final Platform platform;
    private final Rest rest;

    AllocatorDeathIT(Platform platform) {
        this.platform = platform;
        this.rest = platform.rest();
    }

    @AfterEach
    void mend() {
        platform.startMissing();
        rest.delete("/orphan-index-1");
        rest.delete("/orphan-index-2");
    }

    @Test
    void indicesAreStillPlacedAfterEitherIndexServiceDied() {
        for (String victim : new String[] {"index-1", "index-2"}) {
            platform.kill(victim);
            Answer created = rest.put("/orphan-" + victim, "{\"settings\":{\"number_of_shards\":2}}");
            assertThat(created.status()).as(created.body()).isEqualTo(200);
            assertThat(created.at("/shards_acknowledged").asBoolean())
                    .as(created.body())
                    .isTrue();
            assertThat(rest.put("/orphan-" + victim + "/_doc/1", "{\"a\":1}").status())
                    .isEqualTo(201);
            platform.startInstance(victim);
        }
    }
}
