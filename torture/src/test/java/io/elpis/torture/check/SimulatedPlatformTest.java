package io.elpis.torture.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The judges on platforms that are known to be right, and on such that are known to be wrong. */
final class SimulatedPlatformTest {

    private static final int OPERATIONS = 700;

    @Test
    void rightPlatformIsNeverAccused() {
        for (long seed = 0; seed < 100; seed++) {
            assertThat(new SimulatedPlatform(seed, Fraud.NONE, OPERATIONS).run())
                    .as("seed %d", seed)
                    .isEqualTo(Verdict.SOUND);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void everyFraudIsCaught(Fraud fraud) {
        for (long seed = 0; seed < 40; seed++) {
            assertThat(new SimulatedPlatform(seed, fraud, OPERATIONS).run().violations())
                    .as("%s with seed %d", fraud, seed)
                    .isNotEmpty();
        }
    }
}
