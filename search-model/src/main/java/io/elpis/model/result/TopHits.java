package io.elpis.model.result;

import java.util.List;

/**
 * The best hits of some shards.
 *
 * @param maxScore NaN when there are no hits or scores were not computed
 * @param hits best first
 */
public record TopHits(TotalHits total, float maxScore, List<Hit> hits) {
    public TopHits {
        hits = List.copyOf(hits);
    }
}
