package io.elpis.model.result;

import io.elpis.model.search.SortKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Merges shard answers into one. The result depends neither on the order nor on the grouping of its inputs. */
public final class TopHitsMerger {
    private final HitOrder order;
    private final int top;

    /**
     * @param sort empty: by score, best first
     * @param top most hits the result has
     */
    public TopHitsMerger(List<SortKey> sort, int top) {
        this.order = new HitOrder(sort);
        this.top = top;
    }

    /** @param parts each best first, with at least {@code top} hits or all its shards have */
    public TopHits merge(Collection<TopHits> parts) {
        TotalHits total = TotalHits.ZERO;
        float maxScore = Float.NaN;
        List<Hit> hits = new ArrayList<>();
        for (TopHits part : parts) {
            total = total.plus(part.total());
            maxScore = greater(maxScore, part.maxScore());
            hits.addAll(part.hits());
        }
        hits.sort(order);
        return new TopHits(total, maxScore, hits.subList(0, Math.min(top, hits.size())));
    }

    private static float greater(float a, float b) {
        if (Float.isNaN(a)) {
            return b;
        }
        return Float.isNaN(b) ? a : Math.max(a, b);
    }
}
