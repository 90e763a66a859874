package io.elpis.model.time;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Reads ISO 8601 dates by hand: every document with a date comes this way, and DateTimeFormatter is ten times slower. */
final class IsoParser {
    private static final int MAX_NANO = 999_000_000;

    private final String text;
    private final boolean strict;
    private int at;

    IsoParser(String text, boolean strict) {
        this.text = text;
        this.strict = strict;
    }

    long parse(boolean roundUp, ZoneId zone) {
        int year = year();
        int month = take('-') ? digits(2) : -1;
        int day = month > 0 && take('-') ? digits(2) : -1;
        LocalTime time = roundUp ? LocalTime.of(23, 59, 59, MAX_NANO) : LocalTime.MIDNIGHT;
        ZoneId named = zone;
        if (day > 0 && take('T')) {
            if (at < text.length()) {
                time = time(roundUp);
                named = zone(zone);
            }
        }
        if (at != text.length() || month == 0 || day == 0) {
            throw mistake();
        }
        LocalDate date = date(year, month, day, roundUp);
        if (named instanceof ZoneOffset offset) {
            // A year may have nine digits, which is more milliseconds than a long holds.
            long seconds = date.toEpochDay() * 86_400 + time.toSecondOfDay() - offset.getTotalSeconds();
            return Math.addExact(Math.multiplyExact(seconds, 1000L), time.getNano() / 1_000_000);
        }
        return LocalDateTime.of(date, time).atZone(named).toInstant().toEpochMilli();
    }

    private static LocalDate date(int year, int month, int day, boolean roundUp) {
        if (day > 0) {
            return LocalDate.of(year, month, day);
        }
        if (month > 0) {
            return roundUp ? YearMonth.of(year, month).atEndOfMonth() : LocalDate.of(year, month, 1);
        }
        return roundUp ? LocalDate.of(year, 12, 31) : LocalDate.of(year, 1, 1);
    }

    private LocalTime time(boolean roundUp) {
        int hour = digits(2);
        if (!take(':')) {
            return roundUp ? LocalTime.of(hour, 59, 59, MAX_NANO) : LocalTime.of(hour, 0);
        }
        int minute = digits(2);
        if (!take(':')) {
            return roundUp ? LocalTime.of(hour, minute, 59, MAX_NANO) : LocalTime.of(hour, minute);
        }
        int second = digits(2);
        if (!take('.') && !take(',')) {
            return LocalTime.of(hour, minute, second, roundUp ? MAX_NANO : 0);
        }
        int from = at;
        int nanos = 0;
        while (isDigit() && at - from < 9) {
            nanos = nanos * 10 + text.charAt(at++) - '0';
        }
        if (at == from) {
            throw mistake();
        }
        for (int digit = at - from; digit < 9; digit++) {
            nanos *= 10;
        }
        return LocalTime.of(hour, minute, second, nanos);
    }

    private ZoneId zone(ZoneId plain) {
        if (at == text.length()) {
            return plain;
        }
        if (take('Z')) {
            return ZoneOffset.UTC;
        }
        boolean negative = take('-');
        if (!negative && !take('+')) {
            throw mistake();
        }
        int hours = digits(2);
        boolean colon = take(':');
        int minutes = colon || at < text.length() ? digits(2) : 0;
        int sign = negative ? -1 : 1;
        return ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes);
    }

    private int year() {
        boolean negative = take('-');
        int from = at;
        int year = 0;
        while (isDigit() && at - from < 9) {
            year = year * 10 + text.charAt(at++) - '0';
        }
        if (at == from || strict && at - from != 4) {
            throw mistake();
        }
        return negative ? -year : year;
    }

    private int digits(int count) {
        int from = at;
        int value = 0;
        while (at - from < count && isDigit()) {
            value = value * 10 + text.charAt(at++) - '0';
        }
        if (at == from || strict && at - from != count) {
            throw mistake();
        }
        return value;
    }

    private boolean isDigit() {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private boolean take(char expected) {
        if (at < text.length() && text.charAt(at) == expected) {
            at++;
            return true;
        }
        return false;
    }

    private DateTimeException mistake() {
        return new DateTimeException("not an ISO 8601 date: [" + text + "]");
    }
}
