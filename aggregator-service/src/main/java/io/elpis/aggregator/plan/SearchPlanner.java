package io.elpis.aggregator.plan;

import io.elpis.model.document.Routing;
import io.elpis.model.indices.IndexExpression;
import io.elpis.model.indices.IndicesOptions;
import io.elpis.model.indices.KnownIndices;
import io.elpis.model.indices.ShardLimit;
import io.elpis.model.schema.IndexMetadata;
import io.elpis.support.catalog.CatalogView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists the indices and shards a search concerns. */
public final class SearchPlanner {
    private SearchPlanner() {}

    private record Known(CatalogView catalog) implements KnownIndices<IndexMetadata> {
        @Override
        public Collection<IndexMetadata> all() {
            return catalog.indices();
        }

        @Override
        public String name(IndexMetadata index) {
            return index.name().value();
        }

        @Override
        public @Nullable IndexMetadata find(String name) {
            return catalog.index(name).orElse(null);
        }
    }

    /** @throws io.elpis.model.error.ElpisException as {@link IndexExpression#resolve} says */
    public static List<IndexMetadata> indices(String expression, IndicesOptions options, CatalogView catalog) {
        return IndexExpression.resolve(expression, options, new Known(catalog));
    }

    public static List<ShardTarget> targets(List<IndexMetadata> indices, ShardLimit limit) {
        List<ShardTarget> targets = new ArrayList<>();
        for (IndexMetadata index : indices) {
            for (int shard : limit.within(index.settings().numberOfShards())) {
                targets.add(new ShardTarget(index.shard(shard), index));
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
