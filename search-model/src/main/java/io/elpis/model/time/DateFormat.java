package io.elpis.model.time;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A date format of a mapping: one or several alternatives with {@code ||} between them, tried in turn; the first one
 * prints. Named formats of OpenSearch and patterns of {@link java.time.format.DateTimeFormatter}. Thread-safe.
 */
public final class DateFormat {
    private static final int MOST_CACHED = 1000;

    /** Strict ISO 8601 reads numbers of four digits, as years, and no others. */
    private static final long ABOVE_YEARS = 10_000;

    private static final Map<String, DateFormat> CACHE = new ConcurrentHashMap<>();

    public static final DateFormat DEFAULT = of("strict_date_optional_time||epoch_millis");

    private final String pattern;
    private final List<DateSyntax> alternatives;
    private final boolean millisFirst;
    private final boolean millisBehindIso;

    private DateFormat(String pattern) {
        this.pattern = pattern;
        List<DateSyntax> syntaxes = new ArrayList<>();
        for (String alternative : pattern.split("\\|\\|", -1)) {
            syntaxes.add(DateSyntax.of(alternative.strip()));
        }
        this.alternatives = List.copyOf(syntaxes);
        int millis = alternatives.indexOf(DateSyntax.EPOCH_MILLIS);
        this.millisFirst = millis == 0;
        this.millisBehindIso =
                millis > 0 && alternatives.subList(0, millis).stream().allMatch(DateSyntax.ISO::equals);
    }

    /** @throws ElpisException ILLEGAL_ARGUMENT when it is no format */
    public static DateFormat of(String pattern) {
        DateFormat cached = CACHE.get(pattern);
        if (cached != null) {
            return cached;
        }
        DateFormat format;
        try {
            format = new DateFormat(pattern);
        } catch (IllegalArgumentException e) {
            throw new ElpisException(
                    ErrorCode.ILLEGAL_ARGUMENT, "Invalid format: [" + pattern + "]: " + e.getMessage());
        }
        if (CACHE.size() < MOST_CACHED) {
            CACHE.putIfAbsent(pattern, format);
        }
        return format;
    }

    /** Spares a look at the digits: false also where they might turn out to be milliseconds since the epoch. */
    public boolean isMillis(long number) {
        return millisFirst || millisBehindIso && (number >= ABOVE_YEARS || number <= -ABOVE_YEARS);
    }

    /**
     * Milliseconds since the epoch; what the text leaves out is the least it can be, and UTC.
     *
     * @throws DateTimeException when no alternative reads it
     */
    public long parse(String text) {
        return parse(text, false, ZoneOffset.UTC);
    }

    /**
     * @param roundUp what the text leaves out is the greatest it can be
     * @param zone of texts that name none
     */
    public long parse(String text, boolean roundUp, ZoneId zone) {
        for (DateSyntax alternative : alternatives) {
            try {
                return alternative.parse(text, roundUp, zone);
            } catch (DateTimeException | NumberFormatException | ArithmeticException e) {
                // The next alternative may read it.
            }
        }
        throw new DateTimeException("failed to parse date field [" + text + "] with format [" + pattern + "]");
    }

    public String print(long millis) {
        return alternatives.getFirst().print(Instant.ofEpochMilli(millis));
    }

    @Override
    public String toString() {
        return pattern;
    }
}
