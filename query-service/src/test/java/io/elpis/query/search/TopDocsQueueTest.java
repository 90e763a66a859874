package io.elpis.query.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TopDocsQueueTest {
    /** Law: a shard that is forgotten leaves what there would be without it. */
    @Test
    void forgottenShardLeavesNoTrace() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            int top = 1 + random.nextInt(8);
            TopDocsQueue with = new TopDocsQueue(top);
            TopDocsQueue without = new TopDocsQueue(top);
            int forgotten = random.nextInt(3);
            for (int shard = 0; shard < 3; shard++) {
                List<ScoredDoc> hits = hits(shard, random);
                with.begin(shard);
                hits.forEach(with::add);
                if (shard == forgotten) {
                    with.forget();
                } else {
                    without.begin(shard);
                    hits.forEach(without::add);
                }
            }
            assertThat(with.drain()).as("seed %d", seed).isEqualTo(without.drain());
        }
    }

    private static List<ScoredDoc> hits(int shard, Random random) {
        return IntStream.range(0, random.nextInt(12))
                .mapToObj(doc -> new ScoredDoc(shard, doc, random.nextInt(5), random.nextInt(4)))
                .toList();
    }
}
