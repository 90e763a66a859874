package io.elpis.query.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.model.query.QueryNode;
import io.elpis.model.query.Scalar;
import io.elpis.model.search.Missing;
import io.elpis.model.search.SearchRequest;
import io.elpis.model.search.SortKey;
import io.elpis.model.search.SortMode;
import io.elpis.model.search.SortOrder;
import io.elpis.protocol.node.Hit;
import io.elpis.protocol.node.SearchResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sorting by what is made of several numbers, and by texts that stand in for missing ones. */
final class SortModesTest {
    private static final int SHARDS = 3;

    @TempDir
    Path directory;

    private TestIndex index;

    @BeforeEach
    void open() throws Exception {
        index = new TestIndex(directory, SHARDS, """
                {"properties":{"n":{"type":"long"},"d":{"type":"double"},"f":{"type":"float"},"k":{"type":"keyword"}}}""");
    }

    @AfterEach
    void close() {
        index.close();
    }

    @Test
    void numbersAreAddedAveragedAndHalved() throws Exception {
        index.index(0, "a", "{\"n\":[1,2,10],\"d\":[0.5,2,3.5],\"f\":[0.1,0.2]}")
                .refresh();

        assertThat(number("n", SortMode.SUM)).isEqualTo(13);
        assertThat(number("n", SortMode.AVG)).isEqualTo(4);
        assertThat(number("n", SortMode.MEDIAN)).isEqualTo(2);
        assertThat(number("d", SortMode.SUM)).isEqualTo(6);
        assertThat(number("d", SortMode.AVG)).isEqualTo(2);
        assertThat(number("d", SortMode.MEDIAN)).isEqualTo(2);
        assertThat(number("f", SortMode.SUM)).isEqualTo(0.3);
        assertThat(number("f", SortMode.AVG)).isEqualTo(0.15);
        assertThat(number("f", SortMode.MEDIAN)).isEqualTo(0.15);
    }

    @Test
    void sumsBeyondAllNumbersAreTheGreatestOrLeast() throws Exception {
        index.index(0, "a", "{\"n\":[9223372036854775807,9223372036854775807,-1]}")
                .index(0, "b", "{\"n\":[-9223372036854775808,-9223372036854775808,1]}")
                .index(
                        0,
                        "c",
                        "{\"n\":[-9223372036854775808,-9223372036854775808,9223372036854775807,"
                                + "9223372036854775807]}")
                .refresh();

        assertThat(search(key("n", SortOrder.ASC, new Missing.Last(), SortMode.SUM), 10)
                        .getHitsList())
                .extracting(hit -> hit.getSort(0).getWhole())
                .containsExactly(Long.MIN_VALUE, -2L, Long.MAX_VALUE);
    }

    @ParameterizedTest
    @EnumSource(
            value = SortMode.class,
            names = {"SUM", "AVG", "MEDIAN"})
    void shardsMergeIntoTheOrderOfWhatIsMade(SortMode mode) throws Exception {
        Random random = new Random(mode.ordinal());
        List<Long> expected = new ArrayList<>();
        for (int doc = 0; doc < 60; doc++) {
            long[] values = random.longs(random.nextInt(5), -20, 20).sorted().toArray();
            expected.add(values.length == 0 ? 3 : combined(values, mode));
            String list = LongStream.of(values).mapToObj(Long::toString).collect(Collectors.joining(",", "[", "]"));
            index.index(doc % SHARDS, "doc" + doc, "{\"n\":" + list + ",\"d\":" + list + "}");
            if (doc % 20 == 0) {
                index.refresh();
            }
        }
        index.refresh();
        Missing three = new Missing.As(new Scalar.Whole(3));
        expected.sort(Comparator.reverseOrder());
        for (int size : new int[] {7, 60}) {
            assertThat(search(key("n", SortOrder.DESC, three, mode), size).getHitsList())
                    .extracting(hit -> hit.getSort(0).getWhole())
                    .isEqualTo(expected.subList(0, size));
        }
        assertThat(search(key("d", SortOrder.ASC, new Missing.First(), mode), 60)
                        .getHitsList())
                .extracting(hit -> hit.getSort(0).getDecimal())
                .isSorted();
    }

    private static long combined(long[] values, SortMode mode) {
        int middle = (values.length - 1) / 2;
        return switch (mode) {
            case SUM -> LongStream.of(values).sum();
            case AVG -> Math.round(LongStream.of(values).average().orElseThrow());
            case MEDIAN -> Math.round((values[middle] + values[values.length / 2]) / 2.0);
            default -> throw new IllegalArgumentException(mode.name());
        };
    }

    @Test
    void textsAreNotAdded() throws Exception {
        assertThat(search(key("k", SortOrder.ASC, new Missing.Last(), SortMode.SUM), 1)
                        .getShards(0)
                        .getFailure()
                        .getReason())
                .isEqualTo("we only support AVG, MEDIAN and SUM on number based fields");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "b", "bb", "zz", "\uFFFD", "\uD83D\uDE00", "\uD83D"})
    void aTextStandsInForMissingOnes(String text) throws Exception {
        List<String> values = new ArrayList<>();
        for (int doc = 0; doc < 30; doc++) {
            String value =
                    doc % 4 == 0 ? null : List.of("a", "b", "c", "\uD83D\uDE01").get(doc % 5 % 4);
            values.add(value == null ? text.equals("\uD83D") ? "\uFFFD" : text : value);
            index.index(doc % SHARDS, "doc" + doc, value == null ? "{}" : "{\"k\":[\"" + value + "\"]}");
            if (doc % 10 == 0) {
                index.refresh();
            }
        }
        index.refresh();
        Missing as = new Missing.As(new Scalar.Text(text));
        values.sort((a, b) -> Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8)));
        for (int size : new int[] {4, 30}) {
            assertThat(texts(search(key("k", SortOrder.ASC, as, SortMode.DEFAULT), size)))
                    .isEqualTo(values.subList(0, size));
            assertThat(texts(search(key("k", SortOrder.DESC, as, SortMode.DEFAULT), size)))
                    .isEqualTo(values.reversed().subList(0, size));
        }
    }

    @Test
    void aTextStandsInWhereNoDocumentHasAny() throws Exception {
        index.index(0, "a", "{}").index(1, "b", "{}").refresh();

        SortKey key = new SortKey.ByField(
                "u", SortOrder.DESC, new Missing.As(new Scalar.Whole(5)), "keyword", SortMode.MIN, null);
        assertThat(texts(search(key, 10))).containsExactly("5", "5");
    }

    private static List<String> texts(SearchResponse response) {
        return response.getHitsList().stream()
                .map(hit -> hit.getSort(0).getText())
                .toList();
    }

    private double number(String field, SortMode mode) throws Exception {
        Hit hit = search(key(field, SortOrder.ASC, new Missing.Last(), mode), 1).getHits(0);
        return hit.getSort(0).hasWhole()
                ? hit.getSort(0).getWhole()
                : hit.getSort(0).getDecimal();
    }

    private static SortKey key(String field, SortOrder order, Missing missing, SortMode mode) {
        return new SortKey.ByField(field, order, missing, null, mode, null);
    }

    private SearchResponse search(SortKey key, int size) throws Exception {
        return index.search(SearchRequest.of(new QueryNode.MatchAll(1f))
                .but()
                .sort(List.of(key))
                .size(size)
                .build());
    }
}
