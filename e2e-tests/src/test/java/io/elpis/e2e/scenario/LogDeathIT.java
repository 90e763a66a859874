package io.elpis.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.e2e.fire.Copies;
import io.elpis.e2e.fire.WithoutLog;
import io.elpis.e2e.fire.Writers;
import io.elpis.e2e.platform.Answer;
import io.elpis.e2e.platform.Platform;
import io.elpis.e2e.platform.Rest;
import io.elpis.e2e.platform.SharedPlatform;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The only broker dies under load: whoever was told of a write finds it again once the broker is back. */
@Tag("torture")
@ExtendWith(SharedPlatform.class)
final class LogDeathIT {
    private static final String INDEX = "logless";
    private static final String BROKER = "kafka-1";
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Platform platform;
    private final Rest rest;

    LogDeathIT(Platform platform) {
        this.platform = platform;
        this.rest = platform.rest();
    }

    @AfterEach
    void mend() {
        platform.startMissing();
        rest.delete("/" + INDEX);
    }

    @Test
    void nothingAcknowledgedIsLostWithTheOnlyBroker() {
        Answer created = rest.put("/" + INDEX, "{\"settings\": {\"number_of_shards\": 2, \"number_of_replicas\": 1}}");
        assertThat(created.status()).as(created.body()).isEqualTo(200);
        platform.awaitGreen(INDEX);
        WithoutLog users = new WithoutLog(rest, INDEX);
        try (Writers writers = new Writers(rest, INDEX)) {
            writers.start();
            for (int death = 1; death <= 2; death++) {
                writers.awaitProgress(LIMIT);
                platform.killAtOnce(BROKER);
                users.awaitRefusal();
                users.writesAreRefusedQuickly();
                users.readsGoOn();
                users.readsWarn();
                platform.startInstance(BROKER);
            }
            writers.awaitProgress(LIMIT);
            writers.stop();
            users.deleteOwn();
            platform.awaitGreen(INDEX);
            writers.account().holdAgainst(rest, INDEX);
            Copies.awaitAlike(rest, INDEX, 4, LIMIT);
        }
    }
}
