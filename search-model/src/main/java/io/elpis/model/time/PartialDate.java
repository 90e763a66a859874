package io.elpis.model.time;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import org.jspecify.annotations.Nullable;

/** Completes what a parsed date leaves out. */
final class PartialDate {
    private PartialDate() {}

    /** @param roundUp to the greatest it can be, else to the least */
    static long millis(TemporalAccessor parsed, boolean roundUp, ZoneId zone) {
        if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
            return Math.addExact(
                    Math.multiplyExact(parsed.getLong(ChronoField.INSTANT_SECONDS), 1000),
                    parsed.get(ChronoField.MILLI_OF_SECOND));
        }
        @Nullable ZoneId named = parsed.query(TemporalQueries.zone());
        return LocalDateTime.of(date(parsed, roundUp), time(parsed, roundUp))
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

    private static LocalTime time(TemporalAccessor parsed, boolean roundUp) {
        @Nullable LocalTime time = parsed.query(TemporalQueries.localTime());
        if (time != null) {
            return time;
        }
        if (parsed.isSupported(ChronoField.HOUR_OF_DAY)) {
            int hour = parsed.get(ChronoField.HOUR_OF_DAY);
            return roundUp ? LocalTime.of(hour, 59, 59, 999_000_000) : LocalTime.of(hour, 0);
        }
        return roundUp ? LocalTime.of(23, 59, 59, 999_000_000) : LocalTime.MIDNIGHT;
    }
}
