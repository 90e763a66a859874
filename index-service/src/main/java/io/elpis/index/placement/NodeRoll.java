package io.elpis.index.placement;

import io.elpis.model.schema.ShardId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Remembers since when nodes are missing or draining, and copies on them failed. Times are monotonic nanoseconds. Owned by one thread.
 *
 * <p>A node that the placement names and that was never seen counts as missing from the first call on: whoever takes
 * over gives every node the full grace period.
 */
public final class NodeRoll {
    private final long graceNanos;
    private final long drainDelayNanos;
    private final Map<String, Long> missingSince = new HashMap<>();
    private final Map<String, Long> drainingSince = new HashMap<>();
    private final Map<CopyOn, Long> failedSince = new HashMap<>();
    private final Map<String, String> zones = new HashMap<>();

    private record CopyOn(String node, ShardId shard) {}

    /** @param drainDelay draining for less than this is a restart, and moves nothing */
    public NodeRoll(Duration grace, Duration drainDelay) {
        graceNanos = grace.toNanos();
        drainDelayNanos = drainDelay.toNanos();
    }

    /** @param placed names of all nodes that the present placement gives copies to */
    public List<NodeView> call(long now, Collection<NodeSighting> sightings, Set<String> placed) {
        Map<String, NodeView> views = new TreeMap<>();
        for (NodeSighting seen : sightings) {
            missingSince.remove(seen.name());
            zones.put(seen.name(), seen.zone());
            views.put(
                    seen.name(),
                    new NodeView(
                            seen.name(), seen.zone(), availability(now, seen), seen.serving(), lostCopies(now, seen)));
        }
        for (String name : placed) {
            views.computeIfAbsent(name, _ -> missing(now, name));
        }
        missingSince.keySet().retainAll(views.keySet());
        drainingSince.keySet().retainAll(views.keySet());
        failedSince.keySet().removeIf(copy -> !views.containsKey(copy.node()));
        zones.keySet().retainAll(views.keySet());
        return new ArrayList<>(views.values());
    }

    private Availability availability(long now, NodeSighting seen) {
        if (!seen.draining()) {
            drainingSince.remove(seen.name());
            return seen.full() ? Availability.FULL : Availability.PRESENT;
        }
        long since = drainingSince.computeIfAbsent(seen.name(), _ -> now);
        return now - since >= drainDelayNanos ? Availability.DRAINING : Availability.FULL;
    }

    /** A failed copy has the grace period to come back, as a missing node has. */
    private Set<ShardId> lostCopies(long now, NodeSighting seen) {
        failedSince
                .keySet()
                .removeIf(copy ->
                        copy.node().equals(seen.name()) && !seen.failed().contains(copy.shard()));
        Set<ShardId> lost = new HashSet<>();
        for (ShardId shard : seen.failed()) {
            long since = failedSince.computeIfAbsent(new CopyOn(seen.name(), shard), _ -> now);
            if (now - since >= graceNanos) {
                lost.add(shard);
            }
        }
        return lost;
    }

    private NodeView missing(long now, String name) {
        drainingSince.remove(name);
        long since = missingSince.computeIfAbsent(name, _ -> now);
        Availability availability = now - since >= graceNanos ? Availability.GONE : Availability.AWAY;
        return new NodeView(name, zones.getOrDefault(name, ""), availability, Set.of());
    }
}
