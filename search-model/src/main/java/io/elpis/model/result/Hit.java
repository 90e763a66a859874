package io.elpis.model.result;

import io.elpis.model.schema.ShardId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document that matches.
 *
 * @param doc names the document within the shard's answer; no order may rest on it
 * @param score NaN when not computed
 * @param sort one value a sort key; empty when hits stand by score
 * @param tieHash {@link TieHash} of the id
 * @param content null until fetched
 */
public record Hit(
        ShardId shard,
        int doc,
        float score,
        List<SortValue> sort,
        String id,
        long tieHash,
        @Nullable HitContent content) {
    public Hit {
        sort = List.copyOf(sort);
    }

    public Hit withContent(HitContent fetched) {
        return new Hit(shard, doc, score, sort, id, tieHash, fetched);
    }
}
