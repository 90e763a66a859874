package io.elpis.query.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.query.lucene.LongRanges.Range;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class LongRangesTest {
    /** Law: it holds what any of its ranges holds. */
    @Test
    void rangesAnswerForAllTheyCover() {
        for (int seed = 0; seed < 1_000; seed++) {
            Random random = new Random(seed);
            List<Range> ranges = IntStream.range(0, random.nextInt(6))
                    .mapToObj(_ -> {
                        long least = random.nextInt(30);
                        return new Range(least, least + random.nextInt(6) - 1);
                    })
                    .toList();
            LongRanges set = LongRanges.of(ranges);
            long from = random.nextInt(30);
            long to = from + random.nextInt(5);
            assertThat(set.contains(from)).as("seed %d", seed).isEqualTo(in(ranges, from));
            assertThat(set.containsAny(from, to))
                    .as("seed %d", seed)
                    .isEqualTo(LongStream.rangeClosed(from, to).anyMatch(number -> in(ranges, number)));
            assertThat(set.containsAll(from, to))
                    .as("seed %d", seed)
                    .isEqualTo(LongStream.rangeClosed(from, to).allMatch(number -> in(ranges, number)));
        }
    }

    @Test
    void rangesThatMeetAreOne() {
        LongRanges set = LongRanges.of(List.of(
                new Range(5, 9), new Range(0, 4), new Range(Long.MIN_VALUE, -7), new Range(20, Long.MAX_VALUE)));
        assertThat(set.count()).isEqualTo(3);
        assertThat(LongRanges.of(List.of(new Range(0, Long.MAX_VALUE), new Range(7, 8)))
                        .count())
                .isEqualTo(1);
    }

    private static boolean in(List<Range> ranges, long number) {
        return ranges.stream().anyMatch(range -> range.least() <= number && number <= range.greatest());
    }
}
