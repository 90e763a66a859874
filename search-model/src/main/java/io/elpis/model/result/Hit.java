package io.elpis.model.result;

import io.elpis.model.schema.ShardId;
import java.util.List;

/**
 * A document that matches.
 *
 * @param doc names the document within the shard's answer; no order may rest on it
 * @param score NaN when not computed
 * @param sort one value a sort key; empty when hits stand by score
 * @param tieHash {@link TieHash} of the id
 */
public record Hit(ShardId shard, int doc, float score, List<SortValue> sort, String id, long tieHash) {
    public Hit {
        sort = List.copyOf(sort);
    }
}
