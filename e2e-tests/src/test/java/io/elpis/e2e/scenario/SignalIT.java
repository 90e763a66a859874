package io.elpis.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.e2e.platform.ForegroundRun;
import io.elpis.e2e.platform.Platform;
import org.junit.jupiter.api.Test;

/** Ctrl-C while the platform still starts. */
final class SignalIT {

    @Test
    void signalDuringAStartLeavesNothingBehind() {
        try (Platform platform = Platform.planned("--nodes", "1", "--zones", "1");
                ForegroundRun up = platform.upInForeground()) {
            up.awaitOutput("ready after");
            assertThat(platform.processes()).isNotEmpty();
            up.interrupt();
            assertThat(platform.processes()).isEmpty();
        }
    }
}
