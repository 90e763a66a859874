package io.elpis.query.lucene;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.query.Scalar;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Values of queries as numbers. A short text can name a number of any size: nothing here writes one out that does not
 * fit 64 bits.
 */
final class Numbers {
    private static final String UNFIT = "failed to create query: ";
    private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal GREATEST = BigDecimal.valueOf(Long.MAX_VALUE);

    /** Digits before the point that no 64-bit number has, and zeros behind it that make a number as good as none. */
    private static final int FAR = 20;

    /** Reading digits costs more than in proportion to their number. */
    private static final int LONGEST = 1_000;

    private Numbers() {}

    /** @throws ElpisException QUERY_SHARD when the value is no number */
    static BigDecimal of(Scalar value) {
        try {
            return switch (value) {
                case Scalar.Whole(long number) -> BigDecimal.valueOf(number);
                case Scalar.Decimal(double number) -> BigDecimal.valueOf(number);
                case Scalar.Text(String text) -> read(text.trim());
                case Scalar.Flag(boolean flag) -> throw new NumberFormatException(Boolean.toString(flag));
            };
        } catch (NumberFormatException e) {
            throw unfit("For input string: \"" + shown(value.asText()) + "\"");
        }
    }

    private static BigDecimal read(String text) {
        if (text.length() > LONGEST) {
            throw new NumberFormatException("too long");
        }
        return new BigDecimal(text);
    }

    private static String shown(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    static ElpisException unfit(String why) {
        return new ElpisException(ErrorCode.QUERY_SHARD, UNFIT + why);
    }

    /** The reason with the field behind its beginning, where it has the usual one. */
    static String inField(String reason, String field) {
        return reason.startsWith(UNFIT) ? UNFIT + field + reason.substring(UNFIT.length()) : field + reason;
    }

    static boolean isWhole(BigDecimal number) {
        if (number.signum() == 0 || number.scale() <= 0) {
            return true;
        }
        return number.precision() > number.scale()
                && number.stripTrailingZeros().scale() <= 0;
    }

    static boolean fitsLong(BigDecimal number) {
        return !isBelowAll(number) && !isAboveAll(number);
    }

    /** Less than every 64-bit number. */
    static boolean isBelowAll(BigDecimal number) {
        return number.compareTo(LEAST) < 0;
    }

    /** Greater than every 64-bit number. */
    static boolean isAboveAll(BigDecimal number) {
        return number.compareTo(GREATEST) > 0;
    }

    /** The nearest whole number in this direction, kept within 64 bits. */
    static long rounded(BigDecimal number, RoundingMode direction) {
        long digits = (long) number.precision() - number.scale();
        if (number.signum() != 0 && digits > FAR) {
            return number.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        // Every number so near to 0 rounds as a tenth does.
        BigDecimal near = digits < -FAR ? BigDecimal.valueOf(number.signum(), 1) : number;
        return near.setScale(0, direction).max(LEAST).min(GREATEST).longValue();
    }
}
