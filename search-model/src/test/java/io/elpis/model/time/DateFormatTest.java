package io.elpis.model.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.error.ElpisException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateFormatTest {
    private static final long NOW = Instant.parse("2024-05-15T10:20:30.123Z").toEpochMilli();

    @ParameterizedTest
    @CsvSource({
        "2024,2024-01-01T00:00:00Z",
        "2024-05,2024-05-01T00:00:00Z",
        "2024-05-06,2024-05-06T00:00:00Z",
        "2024-05-06T,2024-05-06T00:00:00Z",
        "2024-05-06T07,2024-05-06T07:00:00Z",
        "2024-05-06T07:08:09.12+0200,2024-05-06T05:08:09.120Z",
        "2024-05-06T07:08-01:30,2024-05-06T08:38:00Z",
        "1715000000123,2024-05-06T12:53:20.123Z",
    })
    void defaultFormatReadsIsoAndMillis(String text, Instant expected) {
        assertThat(DateFormat.DEFAULT.parse(text)).isEqualTo(expected.toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "24-05-06", "2024-5-6", "2024-13-01", "2024-02-30", "yesterday", "2024-05-06 07:08"})
    void whatIsNoDateIsRefused(String text) {
        assertThatThrownBy(() -> DateFormat.DEFAULT.parse(text)).isInstanceOf(DateTimeException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "epoch_second,9223372036854775807",
        "epoch_second,-9223372036854775808",
        "epoch_second,9223372036854775807.5",
        "epoch_second,1.0e999999999",
        "epoch_millis,92233720368547758070.1",
        "date_optional_time,999999999-12-31",
        "date_optional_time,-999999999-01-01T00:00:00",
        "uuuuuuuuu-MM-dd,999999999-12-31",
    })
    void whatIsTooFarAwayIsNoDate(String format, String text) {
        assertThatThrownBy(() -> DateFormat.of(format).parse(text)).isInstanceOf(DateTimeException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "yyyy-MM-dd HH:mm:ss,2024-05-06 07:08:09,2024-05-06T07:08:09Z",
        "dd/MM/yyyy||yyyy,06/05/2024,2024-05-06T00:00:00Z",
        "dd/MM/yyyy||yyyy,2024,2024-01-01T00:00:00Z",
        "epoch_second,1715000000,2024-05-06T12:53:20Z",
        "epoch_second,1715000000.9,2024-05-06T12:53:20.900Z",
        "basic_date,20240506,2024-05-06T00:00:00Z",
        "date_optional_time,2024-5-6,2024-05-06T00:00:00Z",
    })
    void otherFormatsAreRead(String format, String text, Instant expected) {
        assertThat(DateFormat.of(format).parse(text)).isEqualTo(expected.toEpochMilli());
    }

    @ParameterizedTest
    @CsvSource({
        "strict_date_optional_time||epoch_millis,10000,true",
        "strict_date_optional_time||epoch_millis,-10000,true",
        "strict_date_optional_time||epoch_millis,9999,false",
        "epoch_millis||yyyy,2024,true",
        "yyyyMMdd||epoch_millis,20240115,false",
        "date_optional_time||epoch_millis,20240115,false",
        "epoch_second||epoch_millis,20240115,false",
        "strict_date_optional_time,20240115,false",
    })
    void numbersAreMillisWhereNothingElseMayReadThem(String format, long number, boolean millis) {
        assertThat(DateFormat.of(format).isMillis(number)).isEqualTo(millis);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatIsTakenForMillisReadsAsSuch(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            long number = random.nextLong() >> random.nextInt(64);
            for (String pattern : new String[] {"epoch_millis||yyyy", "iso8601||epoch_millis||epoch_second"}) {
                DateFormat format = DateFormat.of(pattern);
                if (format.isMillis(number)) {
                    assertThat(format.parse(Long.toString(number)))
                            .as("seed %d: %d as %s", seed, number, pattern)
                            .isEqualTo(number);
                }
            }
        }
    }

    @Test
    void whatIsNoFormatIsRefused() {
        assertThatThrownBy(() -> DateFormat.of("no_such_format_b"))
                .isInstanceOf(ElpisException.class)
                .hasMessageStartingWith("Invalid format: [no_such_format_b]");
    }

    @Test
    void missingPartsAreTheGreatestWhenRoundedUp() {
        assertThat(DateFormat.DEFAULT.parse("2024-02", true, ZoneOffset.UTC))
                .isEqualTo(Instant.parse("2024-02-29T23:59:59.999Z").toEpochMilli());
    }

    @ParameterizedTest
    @CsvSource({
        "yyyy,uuuu",
        "MM/yyyy,uuuu-MM",
        "yyyyMMdd,uuuu-MM-dd",
        "yyyy-MM-dd HH,uuuu-MM-dd'T'HH",
        "yyyy-MM-dd hh a,uuuu-MM-dd'T'HH",
        "yyyy-MM-dd kk,uuuu-MM-dd'T'HH",
        "date_hour,uuuu-MM-dd'T'HH",
        "yyyy-MM-dd HHXXX,uuuu-MM-dd'T'HHXXX",
        "yyyy-MM-dd HH:mm,uuuu-MM-dd'T'HH:mm",
        "dd.MM.yyyy h:mm a,uuuu-MM-dd'T'HH:mm",
        "yyyy-MM-dd HH:mm XXX,uuuu-MM-dd'T'HH:mmXXX",
        "date_hour_minute,uuuu-MM-dd'T'HH:mm",
        "yyyy/MM/dd HH:mm:ss,uuuu-MM-dd'T'HH:mm:ss",
        "date_time_no_millis,uuuu-MM-dd'T'HH:mm:ssXXX",
        "yyyy-MM-dd HH:mm:ss.SSS,uuuu-MM-dd'T'HH:mm:ss.SSS",
        "date_time,uuuu-MM-dd'T'HH:mm:ss.SSSXXX",
        "epoch_second,uuuu-MM-dd'T'HH:mm:ssXXX",
        "epoch_millis,uuuu-MM-dd'T'HH:mm:ss.SSSXXX",
    })
    void everyPrecisionRoundsAsIsoDatesDo(String pattern, String iso) {
        Random random = new Random(5);
        DateFormat format = DateFormat.of(pattern);
        DateTimeFormatter same = DateTimeFormatter.ofPattern(iso);
        for (int i = 0; i < 200; i++) {
            long millis = random.nextLong(Duration.ofDays(365 * 100L).toMillis());
            String text = format.print(millis);
            String isoText = same.format(Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC));
            for (ZoneId zone : new ZoneId[] {ZoneOffset.UTC, ZoneOffset.ofHours(-3), ZoneId.of("Europe/Berlin")}) {
                for (boolean up : new boolean[] {false, true}) {
                    assertThat(format.parse(text, up, zone))
                            .as("%s of %s in %s, up: %s", text, pattern, zone, up)
                            .isEqualTo(DateFormat.DEFAULT.parse(isoText, up, zone));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void printedDatesReadBackEqual(long seed) {
        Random random = new Random(seed);
        DateFormat format = DateFormat.of("strict_date_optional_time");
        for (int i = 0; i < 1000; i++) {
            long millis = random.nextLong(Duration.ofDays(365 * 400L).toMillis())
                    - Duration.ofDays(36500).toMillis();
            assertThat(format.parse(format.print(millis))).as("seed %d", seed).isEqualTo(millis);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "now,false,2024-05-15T10:20:30.123Z",
        "now-1d,false,2024-05-14T10:20:30.123Z",
        "now/d,false,2024-05-15T00:00:00Z",
        "now/d,true,2024-05-15T23:59:59.999Z",
        "now-1M/M,true,2024-04-30T23:59:59.999Z",
        "now/w,false,2024-05-13T00:00:00Z",
        "2024-01-31||+1M/d,false,2024-02-29T00:00:00Z",
        "2024-01,true,2024-01-31T23:59:59.999Z",
    })
    void arithmeticRoundsAsBoundsWant(String text, boolean roundUp, Instant expected) {
        assertThat(DateMath.parse(text, DateFormat.DEFAULT, NOW, roundUp, ZoneOffset.UTC))
                .isEqualTo(expected.toEpochMilli());
    }

    @Test
    void zoneHoldsForDatesThatNameNone() {
        assertThat(DateMath.parse("2024-07-01", DateFormat.DEFAULT, NOW, false, ZoneId.of("Europe/Berlin")))
                .isEqualTo(Instant.parse("2024-06-30T22:00:00Z").toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "||", "yyyy||", "{"})
    void whatNeitherReadsNorPrintsIsNoFormat(String pattern) {
        assertThatThrownBy(() -> DateFormat.of(pattern))
                .isInstanceOf(ElpisException.class)
                .hasMessageStartingWith("Invalid format: [" + pattern + "]");
    }

    @Test
    void aFormatWithItsZonePrints() {
        assertThat(DateFormat.of("yyyy-MM-dd VV").print(0)).isEqualTo("1970-01-01 Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"now+1x", "now*2", "tomorrow", "now-1"})
    void brokenArithmeticIsTold(String text) {
        assertThatThrownBy(() -> DateMath.parse(text, DateFormat.DEFAULT, NOW, false, ZoneOffset.UTC))
                .isInstanceOf(ElpisException.class)
                .hasMessageStartingWith("failed to parse date field [" + text + "]");
    }
}
