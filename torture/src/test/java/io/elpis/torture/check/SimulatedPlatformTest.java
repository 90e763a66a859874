package io.elpis.torture.check;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The judges on platforms that are known to be right, and on such that are known to be wrong. */
final class SimulatedPlatformTest {

    private static final int OPERATIONS = 1_500;

    @Test
    void rightPlatformIsNeverAccused() {
        for (long seed = 0; seed < 100; seed++) {
            assertThat(new SimulatedPlatform(seed, Fraud.NONE, OPERATIONS).run().values())
                    .as("seed %d", seed)
                    .containsOnly(Verdict.SOUND);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void everyFraudIsCaughtByItsJudges(Fraud fraud) {
        for (long seed = 0; seed < 40; seed++) {
            Map<Judge, Verdict> verdicts = new SimulatedPlatform(seed, fraud, OPERATIONS).run();
            for (Judge judge : fraud.judges()) {
                assertThat(requireNonNull(verdicts.get(judge)).violations())
                        .as("%s of %s with seed %d", judge, fraud, seed)
                        .isNotEmpty();
            }
            assertThat(requireNonNull(verdicts.get(Judge.AUDIT)).sound())
                    .as("audit of %s with seed %d", fraud, seed)
                    .isEqualTo(!fraud.divides());
        }
    }
}
