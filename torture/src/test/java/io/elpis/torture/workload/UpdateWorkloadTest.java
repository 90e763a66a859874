package io.elpis.torture.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.torture.check.Verdict;
import io.elpis.torture.history.HistoryFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UpdateWorkloadTest {

    private static final int STEPS = 60;

    @TempDir
    private Path directory;

    @Test
    void rightPlatformIsNotAccused() throws IOException, InterruptedException {
        assertThat(verdict(StubFault.NONE)).isEqualTo(Verdict.SOUND);
    }

    @Test
    void repeatThatIsAppliedAgainIsFound() throws IOException, InterruptedException {
        assertThat(verdict(StubFault.APPLIES_REPEATS).violations())
                .anyMatch(violation -> violation.startsWith("applied more than once"));
    }

    private Verdict verdict(StubFault fault) throws IOException, InterruptedException {
        try (var platform = new StubPlatform(fault);
                var file = new HistoryFile(directory.resolve("update.jsonl"))) {
            var workload = new UpdateWorkload(platform.door(), new Recorder(file, System.nanoTime()), "test");
            workload.prepare();
            Random random = new Random(1);
            for (int step = 0; step < STEPS; step++) {
                workload.step(0, random);
            }
            return workload.judge();
        }
    }
}
