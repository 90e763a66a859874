package io.elpis.model.time;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.ParsePosition;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** One way of writing dates. */
sealed interface DateSyntax {
    DateSyntax ISO = new Iso(true);
    DateSyntax EPOCH_MILLIS = new Epoch(1);
    DateSyntax EPOCH_SECOND = new Epoch(1000);

    /** @throws RuntimeException DateTime, NumberFormat or Arithmetic when it is not written so, or too far away */
    long parse(String text, boolean roundUp, ZoneId zone);

    String print(Instant instant);

    /** @throws IllegalArgumentException when there is no such format */
    static DateSyntax of(String name) {
        return switch (name) {
            case "" -> throw new IllegalArgumentException("No date pattern provided");
            case "strict_date_optional_time", "strict_date_optional_time_nanos", "iso8601" -> ISO;
            case "date_optional_time" -> new Iso(false);
            case "epoch_millis" -> EPOCH_MILLIS;
            case "epoch_second" -> EPOCH_SECOND;
            case "date", "strict_date", "strict_year_month_day", "year_month_day" -> pattern("yyyy-MM-dd");
            case "basic_date" -> pattern("yyyyMMdd");
            case "date_time", "strict_date_time" -> pattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
            case "date_time_no_millis", "strict_date_time_no_millis" -> pattern("yyyy-MM-dd'T'HH:mm:ssXXX");
            case "basic_date_time" -> pattern("yyyyMMdd'T'HHmmss.SSSX");
            case "basic_date_time_no_millis" -> pattern("yyyyMMdd'T'HHmmssX");
            case "date_hour", "strict_date_hour" -> pattern("yyyy-MM-dd'T'HH");
            case "date_hour_minute", "strict_date_hour_minute" -> pattern("yyyy-MM-dd'T'HH:mm");
            case "date_hour_minute_second", "strict_date_hour_minute_second" -> pattern("yyyy-MM-dd'T'HH:mm:ss");
            case "date_hour_minute_second_millis", "strict_date_hour_minute_second_millis" ->
                pattern("yyyy-MM-dd'T'HH:mm:ss.SSS");
            case "year", "strict_year" -> pattern("yyyy");
            case "year_month", "strict_year_month" -> pattern("yyyy-MM");
            default -> pattern(name);
        };
    }

    private static DateSyntax pattern(String pattern) {
        return new Pattern(new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .toFormatter(Locale.ROOT));
    }

    /** ISO 8601 with everything after the year optional. */
    record Iso(boolean strict) implements DateSyntax {
        private static final DateTimeFormatter PRINTER =
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT);

        @Override
        public long parse(String text, boolean roundUp, ZoneId zone) {
            return new IsoParser(text, strict).parse(roundUp, zone);
        }

        @Override
        public String print(Instant instant) {
            return PRINTER.format(instant.atOffset(ZoneOffset.UTC));
        }
    }

    /** @param millisPerUnit of the number written */
    record Epoch(long millisPerUnit) implements DateSyntax {
        private static final int LONGEST_DECIMAL = 64;

        @Override
        public long parse(String text, boolean roundUp, ZoneId zone) {
            if (text.indexOf('.') < 0) {
                long millis = Math.multiplyExact(Long.parseLong(text), millisPerUnit);
                return roundUp ? Math.addExact(millis, millisPerUnit - 1) : millis;
            }
            // Without an exponent, which could stand for more digits than there is memory.
            if (text.length() > LONGEST_DECIMAL || text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
                throw new NumberFormatException("no epoch time: " + text);
            }
            return new BigDecimal(text)
                    .multiply(BigDecimal.valueOf(millisPerUnit))
                    .setScale(0, RoundingMode.DOWN)
                    .longValueExact();
        }

        @Override
        public String print(Instant instant) {
            return Long.toString(Math.floorDiv(instant.toEpochMilli(), millisPerUnit));
        }
    }

    record Pattern(DateTimeFormatter formatter) implements DateSyntax {
        @Override
        public long parse(String text, boolean roundUp, ZoneId zone) {
            TemporalAccessor parsed = formatter.parse(text);
            TemporalAccessor written = roundUp ? formatter.parseUnresolved(text, new ParsePosition(0)) : parsed;
            return PartialDate.millis(parsed, written, roundUp, zone);
        }

        @Override
        public String print(Instant instant) {
            return formatter.format(instant.atZone(ZoneOffset.UTC));
        }
    }
}
