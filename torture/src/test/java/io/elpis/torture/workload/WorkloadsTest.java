package io.elpis.torture.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.torture.check.Verdict;
import io.elpis.torture.client.Door;
import io.elpis.torture.history.HistoryFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every workload with a platform that is right, and with such that are wrong. */
final class WorkloadsTest {

    private enum Kind {
        REGISTER(RegisterWorkload::new, 120),
        SET(SetWorkload::new, 120),
        UPDATE(UpdateWorkload::new, 120),
        BULK(BulkWorkload::new, 25);

        private interface Maker {
            Workload make(Door door, Recorder recorder, String run);
        }

        private final Maker maker;
        private final int steps;

        Kind(Maker maker, int steps) {
            this.maker = maker;
            this.steps = steps;
        }
    }

    /** By the recorder's clock, so that what is due later comes within the test. */
    private static final long NANOS_A_LOOK = 20_000_000;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void rightPlatformIsNotAccused(Kind kind) throws IOException, InterruptedException {
        assertThat(verdict(kind, StubFault.NONE)).isEqualTo(Verdict.SOUND);
    }

    @Test
    void updateThatIsAppliedAgainIsFound() throws IOException, InterruptedException {
        assertThat(verdict(Kind.UPDATE, StubFault.APPLIES_REPEATS).violations())
                .anyMatch(violation -> violation.startsWith("applied more than once"));
    }

    @Test
    void documentThatIsNotFoundByItsNewFieldIsFound() throws IOException, InterruptedException {
        assertThat(verdict(Kind.SET, StubFault.LEARNS_NO_FIELDS).violations())
                .anyMatch(violation -> violation.startsWith("there, but not found by its field: v20 by extra.e1"));
    }

    @ParameterizedTest
    @EnumSource
    void repeatThatIsDecidedAnewIsFound(Kind kind) throws IOException, InterruptedException {
        assertThat(verdict(kind, StubFault.DECIDES_REPEATS_ANEW).violations())
                .anyMatch(violation -> violation.startsWith("a repeat was told another outcome"));
    }

    @ParameterizedTest
    @EnumSource
    void outcomeThatIsForgottenSoonIsFound(Kind kind) throws IOException, InterruptedException {
        assertThat(verdict(kind, StubFault.FORGETS_OUTCOMES).violations())
                .anyMatch(violation -> violation.startsWith("a repeat was told another outcome"));
    }

    /** Though no client asks for it any more. */
    @ParameterizedTest
    @EnumSource
    void whatIsLostInTheEndIsFound(Kind kind) throws IOException, InterruptedException {
        assertThat(verdict(kind, StubFault.NONE, StubPlatform::lose).violations())
                .isNotEmpty();
    }

    private Verdict verdict(Kind kind, StubFault fault) throws IOException, InterruptedException {
        return verdict(kind, fault, _ -> {});
    }

    /** @param inTheEnd done to the platform before it is judged */
    private Verdict verdict(Kind kind, StubFault fault, Consumer<StubPlatform> inTheEnd)
            throws IOException, InterruptedException {
        AtomicLong clock = new AtomicLong();
        try (var platform = new StubPlatform(fault);
                var file = new HistoryFile(directory.resolve("history.jsonl"))) {
            var recorder = new Recorder(file, () -> clock.addAndGet(NANOS_A_LOOK));
            Workload workload = kind.maker.make(platform.door(), recorder, "test");
            workload.prepare();
            Random random = new Random(1);
            for (int step = 0; step < kind.steps; step++) {
                workload.step(0, random);
            }
            inTheEnd.accept(platform);
            return workload.judge();
        }
    }
}
