package io.elpis.query.lucene;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.query.Scalar;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Values of queries as numbers. */
final class Numbers {
    private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal GREATEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private Numbers() {}

    /** @throws ElpisException QUERY_SHARD when the value is no number */
    static BigDecimal of(Scalar value) {
        try {
            return switch (value) {
                case Scalar.Whole(long number) -> BigDecimal.valueOf(number);
                case Scalar.Decimal(double number) -> BigDecimal.valueOf(number);
                case Scalar.Text(String text) -> new BigDecimal(text.trim());
                case Scalar.Flag(boolean flag) -> throw new NumberFormatException(Boolean.toString(flag));
            };
        } catch (NumberFormatException e) {
            throw unfit("For input string: \"" + value.asText() + "\"");
        }
    }

    static ElpisException unfit(String why) {
        return new ElpisException(ErrorCode.QUERY_SHARD, "failed to create query: " + why);
    }

    static boolean isWhole(BigDecimal number) {
        return number.stripTrailingZeros().scale() <= 0;
    }

    static boolean fitsLong(BigDecimal number) {
        return number.compareTo(LEAST) >= 0 && number.compareTo(GREATEST) <= 0;
    }

    /** The nearest whole number in this direction, kept within 64 bits. */
    static long rounded(BigDecimal number, RoundingMode direction) {
        BigDecimal whole = number.setScale(0, direction);
        return whole.max(LEAST).min(GREATEST).longValue();
    }
}
