package io.elpis.model.time;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/**
 * Dates with arithmetic, as range queries write them: {@code now-1d/d}, {@code 2024-05-01||+1M}. Units: {@code y M w d
 * h H m s}; {@code /} rounds down to the unit's start, or up to its last millisecond.
 */
public final class DateMath {
    private final String text;
    private final boolean roundUp;
    private int at;

    private DateMath(String text, int at, boolean roundUp) {
        this.text = text;
        this.at = at;
        this.roundUp = roundUp;
    }

    /**
     * @param roundUp as the bounds {@code gt} and {@code lte} want it
     * @param zone of dates that name none, and of rounding
     * @return milliseconds since the epoch
     * @throws ElpisException PARSING when it is no date
     */
    public static long parse(String text, DateFormat format, long nowMillis, boolean roundUp, ZoneId zone) {
        try {
            if (text.startsWith("now")) {
                return new DateMath(text, 3, roundUp)
                        .apply(Instant.ofEpochMilli(nowMillis).atZone(zone));
            }
            int bars = text.indexOf("||");
            if (bars < 0) {
                return format.parse(text, roundUp, zone);
            }
            long date = format.parse(text.substring(0, bars), false, zone);
            return new DateMath(text, bars + 2, roundUp)
                    .apply(Instant.ofEpochMilli(date).atZone(zone));
        } catch (DateTimeException | ArithmeticException e) {
            throw new ElpisException(
                    ErrorCode.PARSING, "failed to parse date field [" + text + "] with format [" + format + "]");
        }
    }

    private long apply(ZonedDateTime start) {
        ZonedDateTime date = start;
        while (at < text.length()) {
            char operation = text.charAt(at++);
            date = switch (operation) {
                case '/' -> round(date, unit());
                case '+' -> add(date, 1);
                case '-' -> add(date, -1);
                default -> throw new DateTimeException("operator not supported for date math [" + text + "]");
            };
        }
        return date.toInstant().toEpochMilli();
    }

    private ZonedDateTime add(ZonedDateTime date, int sign) {
        int from = at;
        while (at < text.length() && Character.isDigit(text.charAt(at)) && at - from < 9) {
            at++;
        }
        int count = at == from ? 1 : Integer.parseInt(text, from, at, 10);
        return date.plus((long) sign * count, unit());
    }

    private ChronoUnit unit() {
        if (at == text.length()) {
            throw new DateTimeException("truncated date math [" + text + "]");
        }
        return switch (text.charAt(at++)) {
            case 'y' -> ChronoUnit.YEARS;
            case 'M' -> ChronoUnit.MONTHS;
            case 'w' -> ChronoUnit.WEEKS;
            case 'd' -> ChronoUnit.DAYS;
            case 'h', 'H' -> ChronoUnit.HOURS;
            case 'm' -> ChronoUnit.MINUTES;
            case 's' -> ChronoUnit.SECONDS;
            default -> throw new DateTimeException("unit not supported for date math [" + text + "]");
        };
    }

    private ZonedDateTime round(ZonedDateTime date, ChronoUnit unit) {
        ZonedDateTime down = floor(date, unit);
        return roundUp ? down.plus(1, unit).minus(1, ChronoUnit.MILLIS) : down;
    }

    private static ZonedDateTime floor(ZonedDateTime date, ChronoUnit unit) {
        if (unit.compareTo(ChronoUnit.DAYS) <= 0) {
            return date.truncatedTo(unit);
        }
        ZonedDateTime day = date.truncatedTo(ChronoUnit.DAYS);
        if (unit == ChronoUnit.WEEKS) {
            return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        }
        return unit == ChronoUnit.MONTHS ? day.withDayOfMonth(1) : day.withDayOfYear(1);
    }
}
