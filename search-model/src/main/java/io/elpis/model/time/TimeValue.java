package io.elpis.model.time;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.time.Duration;

/** Durations as OpenSearch writes them: {@code 100ms}, {@code 1s}, {@code 5m}; {@code -1} for none. */
public final class TimeValue {
    /** Enough for every use, and too few for an overflow. */
    private static final int MOST_DIGITS = 9;

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
        while (unitAt < value.length() && Character.isDigit(value.charAt(unitAt))) {
            unitAt++;
        }
        if (unitAt == 0 || unitAt > MOST_DIGITS) {
            throw mistake(text, setting);
        }
        long count = Long.parseLong(value, 0, unitAt, 10);
        return switch (value.substring(unitAt)) {
            case "nanos" -> Duration.ofNanos(count);
            case "micros" -> Duration.ofNanos(count * 1000);
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h", "H" -> Duration.ofHours(count);
            case "d" -> Duration.ofDays(count);
            default -> throw mistake(text, setting);
        };
    }

    /** In the greatest unit that says it exactly. */
    public static String print(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 0) {
            return "-1";
        }
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds / 60 + "m";
    }

    private static ElpisException mistake(String text, String setting) {
        return new ElpisException(
                ErrorCode.ILLEGAL_ARGUMENT,
                "failed to parse setting [" + setting + "] with value [" + text
                        + "] as a time value: unit is missing or unrecognized");
    }
}
