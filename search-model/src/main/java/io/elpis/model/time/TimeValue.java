package io.elpis.model.time;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Durations as OpenSearch writes them: {@code 100ms}, {@code 1s}, {@code 5m}; {@code -1} for none. */
public final class TimeValue {
    /** Ten years: enough for every use, and few enough nanoseconds for a long. */
    public static final Duration LONGEST = Duration.ofDays(3650);

    /** What a long can hold whatever the digits are. */
    private static final int MOST_DIGITS = 18;

    private TimeValue() {}

    /**
     * @param setting named in the error
     * @throws ElpisException ILLEGAL_ARGUMENT
     */
    public static Duration parse(String text, String setting) {
        String value = text.strip();
        if (value.equals("-1")) {
            return Duration.ofMillis(-1);
        }
        if (value.equals("0")) {
            return Duration.ZERO;
        }
        int unitAt = 0;
        while (unitAt < value.length() && value.charAt(unitAt) >= '0' && value.charAt(unitAt) <= '9') {
            unitAt++;
        }
        if (unitAt == 0) {
            throw mistake(text, setting, "unit is missing or unrecognized");
        }
        Duration unit = unit(value.substring(unitAt));
        if (unit == null) {
            throw mistake(text, setting, "unit is missing or unrecognized");
        }
        if (unitAt > MOST_DIGITS || Long.parseLong(value, 0, unitAt, 10) > LONGEST.dividedBy(unit)) {
            throw mistake(text, setting, "it is longer than [" + LONGEST.toDays() + "d]");
        }
        return unit.multipliedBy(Long.parseLong(value, 0, unitAt, 10));
    }

    private static @Nullable Duration unit(String name) {
        return switch (name) {
            case "nanos" -> ChronoUnit.NANOS.getDuration();
            case "micros" -> ChronoUnit.MICROS.getDuration();
            case "ms" -> ChronoUnit.MILLIS.getDuration();
            case "s" -> ChronoUnit.SECONDS.getDuration();
            case "m" -> ChronoUnit.MINUTES.getDuration();
            case "h", "H" -> ChronoUnit.HOURS.getDuration();
            case "d" -> ChronoUnit.DAYS.getDuration();
            default -> null;
        };
    }

    /** In the greatest unit up to hours that says it exactly, so that {@link #parse} reads the same. */
    public static String print(Duration duration) {
        if (duration.isNegative()) {
            return "-1";
        }
        int nanos = duration.getNano();
        if (nanos % 1_000_000 != 0) {
            return nanos % 1000 != 0 ? duration.toNanos() + "nanos" : duration.toNanos() / 1000 + "micros";
        }
        if (nanos != 0) {
            return duration.toMillis() + "ms";
        }
        long seconds = duration.toSeconds();
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds / 60 + "m";
    }

    private static ElpisException mistake(String text, String setting, String why) {
        return new ElpisException(
                ErrorCode.ILLEGAL_ARGUMENT,
                "failed to parse setting [" + setting + "] with value [" + text + "] as a time value: " + why);
    }
}
