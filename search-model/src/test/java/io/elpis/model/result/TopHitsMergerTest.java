package io.elpis.model.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.model.query.Scalar;
import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.ShardId;
import io.elpis.model.search.Missing;
import io.elpis.model.search.SortKey;
import io.elpis.model.search.SortMode;
import io.elpis.model.search.SortOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopHitsMergerTest {
    private static final IndexUuid INDEX = new IndexUuid(new UUID(1, 2));
    private static final int SHARDS = 5;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void resultDependsNeitherOnOrderNorOnGrouping(long seed) {
        Random random = new Random(seed);
        for (List<SortKey> sort : orders()) {
            int top = random.nextInt(30);
            TopHitsMerger merger = new TopHitsMerger(sort, top);
            List<TopHits> shards = shards(random, sort, top);
            TopHits whole = merger.merge(shards);

            List<TopHits> shuffled = new ArrayList<>(shards);
            Collections.shuffle(shuffled, random);
            int cut = random.nextInt(SHARDS + 1);
            TopHits grouped = merger.merge(List.of(
                    merger.merge(shuffled.subList(0, cut)), merger.merge(shuffled.subList(cut, shuffled.size()))));

            assertThat(grouped).as("seed %d, sort %s", seed, sort).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 77, 777})
    void orderIsTotalAndTransitive(long seed) {
        Random random = new Random(seed);
        for (List<SortKey> sort : orders()) {
            HitOrder order = new HitOrder(sort);
            List<Hit> hits = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                hits.add(hit(random, sort, random.nextInt(SHARDS)));
            }
            for (Hit a : hits) {
                for (Hit b : hits) {
                    assertThat(Integer.signum(order.compare(a, b))).isEqualTo(-Integer.signum(order.compare(b, a)));
                    for (Hit c : hits.subList(0, 20)) {
                        if (order.compare(a, b) <= 0 && order.compare(b, c) <= 0) {
                            assertThat(order.compare(a, c)).as("seed %d", seed).isLessThanOrEqualTo(0);
                        }
                    }
                }
            }
        }
    }

    @Test
    void equalScoresStandByUnsignedHash() {
        Hit high = scored("a", 1f, -1L);
        Hit low = scored("b", 1f, 1L);

        TopHits merged = new TopHitsMerger(List.of(), 2).merge(List.of(top(high), top(low)));

        assertThat(merged.hits()).containsExactly(low, high);
    }

    @Test
    void totalsAddUpAndStayLowerBoundsOnceOneIs() {
        TopHits counted = new TopHits(new TotalHits(3, TotalHits.Relation.EQUAL_TO), 2f, List.of());
        TopHits bounded = new TopHits(new TotalHits(10, TotalHits.Relation.AT_LEAST), Float.NaN, List.of());

        TopHits merged = new TopHitsMerger(List.of(), 1).merge(List.of(counted, bounded));

        assertThat(merged.total()).isEqualTo(new TotalHits(13, TotalHits.Relation.AT_LEAST));
        assertThat(merged.maxScore()).isEqualTo(2f);
        assertThat(merged.total().limitedTo(5)).isEqualTo(new TotalHits(5, TotalHits.Relation.AT_LEAST));
    }

    @Test
    void textsStandByCodePoint() {
        assertThat(HitOrder.compareCodePoints("\uFFFD", "\uD83D\uDE00")).isNegative();
        assertThat(HitOrder.compareCodePoints("ab", "a")).isPositive();
    }

    @Test
    void numbersCompareByValueWhateverTheirType() {
        assertThat(HitOrder.compareValues(new SortValue.Whole(1L << 53), new SortValue.Decimal(1L << 53)))
                .isZero();
        assertThat(HitOrder.compareValues(new SortValue.Whole((1L << 53) + 1), new SortValue.Decimal(1L << 53)))
                .isPositive();
        assertThat(HitOrder.compareValues(new SortValue.Whole(Long.MAX_VALUE), new SortValue.Decimal(0x1p63)))
                .isNegative();
    }

    private static List<List<SortKey>> orders() {
        SortKey year = SortKey.ByField.of("year", SortOrder.DESC);
        SortKey first = new SortKey.ByField("year", SortOrder.ASC, new Missing.First(), null, SortMode.DEFAULT, null);
        SortKey stand = new SortKey.ByField(
                "year", SortOrder.ASC, new Missing.As(new Scalar.Whole(2)), null, SortMode.DEFAULT, null);
        return List.of(
                List.of(),
                List.of(year),
                List.of(first),
                List.of(stand, new SortKey.ByScore(SortOrder.DESC)),
                List.of(new SortKey.ByDoc(SortOrder.ASC)));
    }

    private static List<TopHits> shards(Random random, List<SortKey> sort, int top) {
        List<TopHits> shards = new ArrayList<>();
        for (int shard = 0; shard < SHARDS; shard++) {
            List<Hit> hits = new ArrayList<>();
            for (int i = random.nextInt(40); i > 0; i--) {
                hits.add(hit(random, sort, shard));
            }
            hits.sort(new HitOrder(sort));
            TotalHits total = new TotalHits(hits.size(), TotalHits.Relation.EQUAL_TO);
            shards.add(new TopHits(total, Float.NaN, hits.subList(0, Math.min(top, hits.size()))));
        }
        return shards;
    }

    private static Hit hit(Random random, List<SortKey> sort, int shard) {
        List<SortValue> values = new ArrayList<>();
        for (SortKey _ : sort) {
            values.add(
                    switch (random.nextInt(4)) {
                        case 0 -> new SortValue.Absent();
                        case 1 -> new SortValue.Decimal(random.nextInt(4) / 2.0);
                        case 2 -> new SortValue.Decimal(-0.0);
                        default -> new SortValue.Whole(random.nextInt(4));
                    });
        }
        String id = "doc" + random.nextInt(1000);
        float score = random.nextInt(5) == 0 ? Float.NaN : random.nextInt(3);
        return new Hit(new ShardId(INDEX, shard), 0, score, values, id, random.nextInt(3) - 1);
    }

    private static Hit scored(String id, float score, long hash) {
        return new Hit(new ShardId(INDEX, 0), 0, score, List.of(), id, hash);
    }

    private static TopHits top(Hit hit) {
        return new TopHits(new TotalHits(1, TotalHits.Relation.EQUAL_TO), hit.score(), List.of(hit));
    }
}
