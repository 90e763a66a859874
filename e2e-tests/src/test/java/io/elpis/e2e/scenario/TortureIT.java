package io.elpis.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.e2e.platform.TortureTool;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five minutes of all faults: too long for every build, so it has a profile of its own. */
@Tag("torture")
final class TortureIT {

    private static final Duration LIMIT = Duration.ofMinutes(40);

    @TempDir
    Path data;

    @Test
    void promisesHoldUnderAllFaults() {
        TortureTool.Outcome outcome = TortureTool.run(data, LIMIT, "--minutes", "5", "--faults", "all");
        assertThat(outcome.sound()).as(outcome.report()).isTrue();
    }
}
