package io.elpis.aggregator.merge;

import io.elpis.model.result.TotalHits;
import java.util.List;

/**
 * What a search found.
 *
 * @param maxScore NaN when there is none
 * @param winners best first
 */
public record Page(Coverage coverage, TotalHits total, float maxScore, List<Winner> winners) {
    public Page {
        winners = List.copyOf(winners);
    }

    public Page withWinners(List<Winner> fetched) {
        return new Page(coverage, total, maxScore, fetched);
    }
}
