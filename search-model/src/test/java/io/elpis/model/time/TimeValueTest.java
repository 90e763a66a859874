package io.elpis.model.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeValueTest {
    private static final List<String> UNITS = List.of("nanos", "micros", "ms", "s", "m", "h", "d");

    @ParameterizedTest
    @CsvSource({"0,PT0S", "100ms,PT0.1S", "1s,PT1S", "5m,PT5M", "2h,PT2H", "3650d,PT87600H", "7micros,PT0.000007S"})
    void unitsAreRead(String text, Duration expected) {
        assertThat(TimeValue.parse(text, "x")).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "5", "5 parsecs", "-2s", "1.5s", "\u0661s"})
    void whatIsNoTimeIsRefused(String text) {
        assertRefused(text, "as a time value: unit is missing or unrecognized");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3651d",
                "999999999d",
                "200000d",
                "23999999976h",
                "99999999999999999999s",
                "400000000000000000nanos"
            })
    void whatIsLongerThanTenYearsIsRefused(String text) {
        assertRefused(text, "longer than [3650d]");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatWasReadIsPrintedSoThatItReadsBackEqual(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            String text = random.nextLong(0, 1L << random.nextInt(1, 58)) + UNITS.get(random.nextInt(UNITS.size()));
            Duration read;
            try {
                read = TimeValue.parse(text, "x");
            } catch (ElpisException tooLong) {
                continue;
            }
            assertThat(TimeValue.parse(TimeValue.print(read), "x"))
                    .as("seed %d: %s", seed, text)
                    .isEqualTo(read);
            assertThat(read.toNanos()).isNotNegative();
        }
    }

    @Test
    void noneIsMinusOne() {
        assertThat(TimeValue.print(TimeValue.parse("-1", "x"))).isEqualTo("-1");
    }

    private static void assertRefused(String text, String words) {
        assertThatThrownBy(() -> TimeValue.parse(text, "x"))
                .hasMessageContaining(words)
                .isInstanceOfSatisfying(
                        ElpisException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.ILLEGAL_ARGUMENT));
    }
}
