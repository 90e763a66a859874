package io.elpis.query.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.model.error.ElpisException;
import io.elpis.model.query.QueryNode;
import io.elpis.model.query.Scalar;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON numbers name dates by a field's format, in documents and queries alike. */
class DateNumbersTest {
    private static final List<String> FORMATS = List.of(
            "strict_date_optional_time||epoch_millis",
            "epoch_millis",
            "epoch_second",
            "epoch_second||epoch_millis",
            "epoch_millis||epoch_second",
            "yyyyMMdd||epoch_millis",
            "basic_date||epoch_second",
            "yyyy||epoch_millis",
            "date_optional_time||epoch_millis",
            "yyyy/MM/dd HH:mm:ss||yyyy/MM/dd||epoch_millis");

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "epoch_second, 1714000000, 2024-04-24T23:06:40Z",
        "epoch_second, 1714000000.5, 2024-04-24T23:06:40.500Z",
        "yyyyMMdd||epoch_millis, 20240115, 2024-01-15T00:00:00Z",
        "yyyyMMdd||epoch_millis, 1714000000000, 2024-04-24T23:06:40Z",
        "strict_date_optional_time||epoch_millis, 2024, 2024-01-01T00:00:00Z",
        "strict_date_optional_time||epoch_millis, 20240, 1970-01-01T00:00:20.240Z",
        "epoch_millis||yyyy, 2024, 1970-01-01T00:00:02.024Z",
    })
    void aNumberIsReadByTheFirstFormatThatCan(String format, String number, String date) throws Exception {
        try (TestIndex index = index(List.of(format))) {
            index.index(0, "1", "{\"f0\":" + number + "}").refresh();

            assertThat(index.ids(range("f0", new Scalar.Text(date), new Scalar.Text(date), "iso8601")))
                    .containsExactly("1");
            assertThat(index.ids(range("f0", scalar(number), scalar(number), null)))
                    .containsExactly("1");
        }
    }

    @Test
    void aRangesFormatIsThatOfItsNumbers() throws Exception {
        try (TestIndex index = index(List.of("strict_date_optional_time||epoch_millis"))) {
            index.index(0, "before", "{\"f0\":\"2024-04-24T23:06:39Z\"}")
                    .index(0, "after", "{\"f0\":\"2024-04-24T23:06:40Z\"}")
                    .refresh();

            Scalar second = new Scalar.Whole(1_714_000_000);
            assertThat(index.ids(range("f0", second, null, "epoch_second"))).containsExactly("after");
            assertThat(index.ids(range("f0", null, new Scalar.Whole(2024), null)))
                    .containsExactlyInAnyOrder("before", "after");
            assertThat(index.ids(range("f0", null, new Scalar.Whole(2023), null)))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3"})
    void aNumberThatIsStoredIsFoundByItself(long seed) throws Exception {
        Random random = new Random(seed);
        try (TestIndex index = index(FORMATS)) {
            for (int round = 0; round < 60; round++) {
                String number = number(random);
                for (int field = 0; field < FORMATS.size(); field++) {
                    check(index, "f" + field, number, "seed " + seed + ": " + number + " as " + FORMATS.get(field));
                }
            }
        }
    }

    private static void check(TestIndex index, String field, String number, String what) throws Exception {
        Scalar scalar = scalar(number);
        boolean stored = true;
        try {
            index.index(0, "1", "{\"" + field + "\":" + number + "}").refresh();
        } catch (ElpisException unreadable) {
            stored = false;
        }
        List<QueryNode> queries = List.of(
                new QueryNode.Term(field, scalar, false, 1f),
                new QueryNode.Terms(field, List.of(scalar), 1f),
                range(field, scalar, scalar, null));
        for (QueryNode query : queries) {
            if (stored) {
                assertThat(index.ids(query)).as(what).containsExactly("1");
            } else {
                assertThat(index.search(io.elpis.model.search.SearchRequest.of(query))
                                .getShards(0)
                                .hasFailure())
                        .as(what)
                        .isTrue();
            }
        }
    }

    /** Of all lengths, often such as a format might mean. */
    private static String number(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> Integer.toString(random.nextInt(1000, 10_000));
            case 1 ->
                Integer.toString(
                        random.nextInt(1900, 2100) * 10_000 + random.nextInt(1, 15) * 100 + random.nextInt(1, 32));
            case 2 -> random.nextInt() + "." + random.nextInt(1000);
            case 3 -> random.nextInt(100_000) + ".0";
            default -> Long.toString(random.nextLong() >> random.nextInt(64));
        };
    }

    private static Scalar scalar(String number) {
        return number.contains(".")
                ? new Scalar.Decimal(Double.parseDouble(number))
                : new Scalar.Whole(Long.parseLong(number));
    }

    private static QueryNode range(
            String field, @Nullable Scalar lower, @Nullable Scalar upper, @Nullable String format) {
        return new QueryNode.Range(field, lower, upper, true, true, format, null, 1f);
    }

    private TestIndex index(List<String> formats) throws Exception {
        StringBuilder fields = new StringBuilder();
        for (int field = 0; field < formats.size(); field++) {
            fields.append(field == 0 ? "" : ",")
                    .append("\"f")
                    .append(field)
                    .append("\":{\"type\":\"date\",\"format\":\"")
                    .append(formats.get(field))
                    .append("\"}");
        }
        return new TestIndex(directory, 1, "{\"properties\":{" + fields + "}}");
    }
}
