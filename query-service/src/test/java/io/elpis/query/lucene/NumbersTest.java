package io.elpis.query.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.error.ElpisException;
import io.elpis.model.query.Scalar;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NumbersTest {
    private static final int ENDLESS = 600_000_000;

    private static BigDecimal number(String text) {
        return Numbers.of(new Scalar.Text(text));
    }

    @Test
    void numbersFarBeyond64BitsAreNotWrittenOut() {
        for (RoundingMode direction :
                new RoundingMode[] {RoundingMode.CEILING, RoundingMode.FLOOR, RoundingMode.DOWN}) {
            assertThat(Numbers.rounded(number("1e" + ENDLESS), direction)).isEqualTo(Long.MAX_VALUE);
            assertThat(Numbers.rounded(number("-10e2147483647"), direction)).isEqualTo(Long.MIN_VALUE);
            assertThat(Numbers.rounded(number("0e" + ENDLESS), direction)).isZero();
        }
        assertThat(Numbers.isWhole(number("100e2147483647"))).isTrue();
        assertThat(Numbers.fitsLong(number("1e" + ENDLESS))).isFalse();
    }

    @Test
    void numbersNextToNothingRoundAsTheirSignSays() {
        assertThat(Numbers.rounded(number("1e-" + ENDLESS), RoundingMode.CEILING))
                .isEqualTo(1);
        assertThat(Numbers.rounded(number("1e-" + ENDLESS), RoundingMode.FLOOR)).isZero();
        assertThat(Numbers.rounded(number("-1e-" + ENDLESS), RoundingMode.FLOOR))
                .isEqualTo(-1);
        assertThat(Numbers.rounded(number("-1e-" + ENDLESS), RoundingMode.DOWN)).isZero();
        assertThat(Numbers.isWhole(number("1e-" + ENDLESS))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775807, 9223372036854775807, 9223372036854775807",
        "9223372036854775808, 9223372036854775807, 9223372036854775807",
        "-9223372036854775809.5, -9223372036854775808, -9223372036854775808",
        "2.5, 3, 2",
        "-2.5, -2, -3",
        "0.000000000000000000000001, 1, 0",
        "12000e-3, 12, 12"
    })
    void ordinaryNumbersRoundExactly(String text, long up, long down) {
        assertThat(Numbers.rounded(number(text), RoundingMode.CEILING)).isEqualTo(up);
        assertThat(Numbers.rounded(number(text), RoundingMode.FLOOR)).isEqualTo(down);
    }

    @Test
    void whatNamesNoNumberIsTheCallersMistake() {
        for (String text : new String[] {"1e3000000000", "abc", "", "7".repeat(2_000_000)}) {
            assertThatThrownBy(() -> number(text)).isInstanceOf(ElpisException.class);
        }
        assertThatThrownBy(() -> Numbers.of(new Scalar.Decimal(Double.POSITIVE_INFINITY)))
                .isInstanceOf(ElpisException.class);
    }
}
