package io.elpis.query.lucene;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.query.Scalar;
import io.elpis.model.schema.FieldMapping;
import io.elpis.model.time.DateFormat;
import io.elpis.model.time.DateMath;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * How the texts and numbers of a request name dates.
 *
 * @param now the request's, milliseconds since the epoch
 * @param zone of dates without one
 */
record Dates(DateFormat format, long now, ZoneId zone) {

    /** @param format overrides the field's; null, as for the zone: the default */
    static Dates of(FieldMapping field, long now, @Nullable String format, @Nullable String timeZone) {
        return new Dates(DateFormat.of(format == null ? field.effectiveFormat() : format), now, zone(timeZone));
    }

    private static ZoneId zone(@Nullable String name) {
        try {
            return name == null ? ZoneOffset.UTC : ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new ElpisException(ErrorCode.ILLEGAL_ARGUMENT, "unknown time zone [" + name + "]");
        }
    }

    /**
     * Milliseconds since the epoch: the first of what the value stands for, or the last when {@code up}. A number means
     * what its digits mean.
     */
    long millis(Scalar value, boolean up) {
        return switch (value) {
            case Scalar.Text(String text) -> millis(text, up);
            case Scalar.Whole(long number) -> format.isMillis(number) ? number : millis(Long.toString(number), up);
            case Scalar.Decimal(double number) -> millis(digits(number), up);
            case Scalar.Flag(boolean flag) -> throw Numbers.unfit("[" + flag + "] is no date");
        };
    }

    /** With a point and without an exponent. */
    private static String digits(double number) {
        if (!Double.isFinite(number)) {
            return Double.toString(number);
        }
        String digits = BigDecimal.valueOf(number).toPlainString();
        return digits.indexOf('.') < 0 ? digits + ".0" : digits;
    }

    long millis(String text, boolean up) {
        return DateMath.parse(text, format, now, up, zone);
    }
}
