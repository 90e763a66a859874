package io.elpis.index.overview;

import io.elpis.index.catalog.CatalogIndex;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.node.CopyState;
import io.elpis.support.topology.ShardCopy;
import io.elpis.support.topology.ShardMap;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How well an index, or several, are served: counts of copies.
 *
 * @param primaries shards with a copy that serves
 * @param active copies that serve
 * @param unassigned copies wanted that no connected node has
 */
record IndexHealth(
        int shards, int wanted, int primaries, int active, int initializing, int relocating, int unassigned) {
    static final IndexHealth NONE = new IndexHealth(0, 0, 0, 0, 0, 0, 0);

    enum Status {
        GREEN,
        YELLOW,
        RED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static IndexHealth of(Collection<CatalogIndex> indices, ShardMap map) {
        return indices.stream().map(index -> of(index, map)).reduce(NONE, IndexHealth::plus);
    }

    static IndexHealth of(CatalogIndex index, ShardMap map) {
        IndexHealth sum = NONE;
        for (int shard = 0; shard < index.logs().size(); shard++) {
            sum = sum.plus(of(index, shard, map));
        }
        return sum;
    }

    static IndexHealth of(CatalogIndex index, int shard, ShardMap map) {
        return of(map.copies(index.metadata().shard(shard)), index.settings().copiesPerShard());
    }

    private static IndexHealth of(List<ShardCopy> copies, int wanted) {
        int active = 0;
        int initializing = 0;
        int relocating = 0;
        for (ShardCopy copy : copies) {
            switch (copy.state().getState()) {
                case SERVING -> active++;
                case RECOVERING, WARMING -> initializing++;
                case DRAINING -> {
                    // It serves until another has taken its place.
                    active++;
                    relocating++;
                }
                case FAILED, STATE_UNSPECIFIED, UNRECOGNIZED -> {}
            }
        }
        return new IndexHealth(
                1,
                wanted,
                active > 0 ? 1 : 0,
                active,
                initializing,
                relocating,
                Math.max(0, wanted - active - initializing));
    }

    private IndexHealth plus(IndexHealth other) {
        return new IndexHealth(
                shards + other.shards,
                wanted + other.wanted,
                primaries + other.primaries,
                active + other.active,
                initializing + other.initializing,
                relocating + other.relocating,
                unassigned + other.unassigned);
    }

    Status status() {
        if (primaries < shards) {
            return Status.RED;
        }
        return active < wanted ? Status.YELLOW : Status.GREEN;
    }

    double activePercent() {
        return wanted == 0 ? 100 : Math.min(100.0, 100.0 * active / wanted);
    }

    /** The serving copy that is furthest ahead, or else any; null when there is none. */
    static @Nullable ShardCopy furthest(ShardMap map, ShardId shard) {
        return map.copies(shard).stream()
                .max(Comparator.comparing(ShardCopy::isServing)
                        .thenComparing(copy -> copy.state().getApplied().getOffset()))
                .orElse(null);
    }

    static String word(CopyState.State state) {
        return switch (state) {
            case SERVING -> "STARTED";
            case RECOVERING, WARMING -> "INITIALIZING";
            case DRAINING -> "RELOCATING";
            case FAILED -> "FAILED";
            case STATE_UNSPECIFIED, UNRECOGNIZED -> "UNKNOWN";
        };
    }
}
