package io.elpis.index.administration;

import io.elpis.index.catalog.CatalogIndex;
import io.elpis.support.topology.NodeView;
import io.elpis.support.topology.ShardMap;
import io.elpis.support.topology.ShardMapKeeper;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** Waits until query nodes have heard of a change, so that the next request finds it done. */
final class NodesKnow {
    private final ShardMapKeeper shardMap;

    NodesKnow(ShardMapKeeper shardMap) {
        this.shardMap = shardMap;
    }

    /** @return whether every connected node knows the catalog's version; where there is none nobody is waited for */
    boolean of(long catalogVersion, Duration patience) {
        return shardMap.current().nodes().isEmpty() || when(map -> know(map, catalogVersion), patience);
    }

    /** @return whether, besides, every shard has so many copies that serve */
    boolean andServe(CatalogIndex index, int copies, Duration patience) {
        return when(
                map -> know(map, index.version())
                        && map.serves(index.uuid(), index.settings().numberOfShards(), copies),
                patience);
    }

    private static boolean know(ShardMap map, long version) {
        return !map.nodes().isEmpty()
                && map.nodes().stream()
                        .filter(view -> !view.node().silent())
                        .mapToLong(NodeView::catalogVersion)
                        .allMatch(known -> known >= version);
    }

    private boolean when(Predicate<ShardMap> condition, Duration patience) {
        try {
            shardMap.when(condition, patience).get(patience.toMillis() + 100, TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException | CompletionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
