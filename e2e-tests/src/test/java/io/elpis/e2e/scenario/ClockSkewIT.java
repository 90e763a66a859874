package io.elpis.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.elpis.e2e.platform.TortureTool;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No decision rests on a wall clock: nodes and services whose clocks differ by minutes, and jump, agree all the same. */
@Tag("torture")
final class ClockSkewIT {
    private static final Duration LIMIT = Duration.ofMinutes(20);

    @TempDir
    Path data;

    @Test
    void promisesHoldWhateverTheClocksSay() {
        TortureTool.Outcome outcome = TortureTool.run(
                data,
                LIMIT,
                "--minutes",
                "1",
                "--faults",
                "skew",
                "--nodes",
                "3",
                "--brokers",
                "1",
                "--min-faults",
                "4");
        assumeFalse(outcome.report().contains("left out: skew"), "no libfaketime here");
        assertThat(outcome.sound()).as(outcome.report()).isTrue();
    }
}
