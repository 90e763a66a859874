package io.elpis.query.search;

import io.elpis.model.query.QueryNode;
import io.elpis.model.search.SortKey;
import io.elpis.model.search.SortOrder;
import io.elpis.protocol.search.QueryWire;
import io.elpis.protocol.search.ShardQuery;
import io.elpis.protocol.search.SortWire;
import java.util.List;

/**
 * What the shards of a request are asked, read once for all of them.
 *
 * @param trackTotalHits 0: hits are not counted
 * @param minScore negative infinity: none
 */
record ShardQueryPlan(
        QueryNode query,
        int top,
        List<SortKey> sort,
        int trackTotalHits,
        float minScore,
        boolean trackScores,
        long now) {

    static ShardQueryPlan read(ShardQuery wire) {
        return new ShardQueryPlan(
                QueryWire.read(wire.getQuery()),
                wire.getTop(),
                SortWire.read(wire.getSortList()),
                wire.getTrackTotalHits(),
                wire.hasMinScore() ? wire.getMinScore() : Float.NEGATIVE_INFINITY,
                wire.getTrackScores(),
                wire.getNowMillis());
    }

    /** Best score first is the whole order. */
    boolean isByScore() {
        return sort.isEmpty() || sort.equals(List.of(new SortKey.ByScore(SortOrder.DESC)));
    }

    boolean hasMinScore() {
        return minScore != Float.NEGATIVE_INFINITY;
    }

    boolean countsNothing() {
        return trackTotalHits == 0;
    }
}
