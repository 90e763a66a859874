package io.elpis.aggregator.plan;

import io.elpis.model.document.Routing;
import io.elpis.model.schema.IndexMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Lists the shards a search concerns. */
public final class SearchPlanner {
    private SearchPlanner() {}

    /** @param routing values that limit the search to the shards documents with them live in; empty: all shards */
    public static List<ShardTarget> targets(List<IndexMetadata> indices, List<String> routing) {
        List<ShardTarget> targets = new ArrayList<>();
        for (IndexMetadata index : indices) {
            int shards = index.settings().numberOfShards();
            if (routing.isEmpty()) {
                for (int shard = 0; shard < shards; shard++) {
                    targets.add(new ShardTarget(index.shard(shard), index));
                }
            } else {
                TreeSet<Integer> wanted = new TreeSet<>();
                routing.forEach(value -> wanted.add(Routing.shard(value, shards)));
                wanted.forEach(shard -> targets.add(new ShardTarget(index.shard(shard), index)));
            }
        }
        return targets;
    }

    /** Where a document is. */
    public static ShardTarget target(IndexMetadata index, String routingOrId) {
        return new ShardTarget(
                index.shard(Routing.shard(routingOrId, index.settings().numberOfShards())), index);
    }
}
