package io.elpis.model.time;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Completes what a parsed date leaves out. */
final class PartialDate {
    private static final int LAST_NANO = 999_000_000;
    private static final Set<ChronoField> FRACTIONS =
            EnumSet.of(ChronoField.NANO_OF_SECOND, ChronoField.NANO_OF_DAY, ChronoField.MILLI_OF_DAY);
    private static final Set<ChronoField> HOURS = EnumSet.of(
            ChronoField.HOUR_OF_DAY,
            ChronoField.CLOCK_HOUR_OF_DAY,
            ChronoField.HOUR_OF_AMPM,
            ChronoField.CLOCK_HOUR_OF_AMPM);

    private PartialDate() {}

    /**
     * @param written the fields that the text has, before any is made of others
     * @param roundUp to the greatest it can be, else to the least
     */
    static long millis(TemporalAccessor parsed, TemporalAccessor written, boolean roundUp, ZoneId zone) {
        LocalTime time = time(parsed);
        LocalTime completed = roundUp ? last(time, written) : time;
        if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
            long millis = Math.addExact(
                    Math.multiplyExact(parsed.getLong(ChronoField.INSTANT_SECONDS), 1000),
                    parsed.get(ChronoField.MILLI_OF_SECOND));
            return Math.addExact(millis, ChronoUnit.MILLIS.between(time, completed));
        }
        @Nullable ZoneId named = parsed.query(TemporalQueries.zone());
        return LocalDateTime.of(date(parsed, roundUp), completed)
                .atZone(named != null ? named : zone)
                .toInstant()
                .toEpochMilli();
    }

    private static LocalDate date(TemporalAccessor parsed, boolean roundUp) {
        @Nullable LocalDate date = parsed.query(TemporalQueries.localDate());
        if (date != null) {
            return date;
        }
        int year = parsed.isSupported(ChronoField.YEAR) ? parsed.get(ChronoField.YEAR) : 1970;
        if (parsed.isSupported(ChronoField.MONTH_OF_YEAR)) {
            YearMonth month = YearMonth.of(year, parsed.get(ChronoField.MONTH_OF_YEAR));
            return roundUp ? month.atEndOfMonth() : month.atDay(1);
        }
        return roundUp && parsed.isSupported(ChronoField.YEAR) ? LocalDate.of(year, 12, 31) : LocalDate.of(year, 1, 1);
    }

    private static LocalTime time(TemporalAccessor parsed) {
        @Nullable LocalTime time = parsed.query(TemporalQueries.localTime());
        if (time != null) {
            return time;
        }
        return parsed.isSupported(ChronoField.HOUR_OF_DAY)
                ? LocalTime.of(parsed.get(ChronoField.HOUR_OF_DAY), 0)
                : LocalTime.MIDNIGHT;
    }

    /** The last moment of what is written of a time. */
    private static LocalTime last(LocalTime time, TemporalAccessor written) {
        if (FRACTIONS.stream().anyMatch(written::isSupported)) {
            return time;
        }
        if (written.isSupported(ChronoField.SECOND_OF_MINUTE)) {
            return time.withNano(LAST_NANO);
        }
        if (written.isSupported(ChronoField.MINUTE_OF_HOUR)) {
            return LocalTime.of(time.getHour(), time.getMinute(), 59, LAST_NANO);
        }
        boolean hasHour = HOURS.stream().anyMatch(written::isSupported);
        return LocalTime.of(hasHour ? time.getHour() : 23, 59, 59, LAST_NANO);
    }
}
