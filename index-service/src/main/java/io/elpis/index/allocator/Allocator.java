package io.elpis.index.allocator;

import io.elpis.index.allocator.PlacementTable.Placed;
import io.elpis.index.log.LogPartition;
import io.elpis.index.placement.Allocation;
import io.elpis.index.placement.Copies;
import io.elpis.index.placement.NodeRoll;
import io.elpis.index.placement.NodeView;
import io.elpis.index.placement.WantedShard;
import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.placement.AllocatorSign;
import io.elpis.protocol.placement.PlacementRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The allocator as a state machine that one thread steps; the package says which states there are. Time is monotonic
 * and passed in, and so is the log: it runs in simulation as it runs in production.
 */
final class Allocator {
    private static final Logger log = LoggerFactory.getLogger(Allocator.class);

    private final String instance;
    private final PlacementLog placementLog;
    private final World world;
    private final AllocatorProperties properties;
    private final LongSupplier nanoTime;
    private final long patienceNanos;

    private PlacementTable table = new PlacementTable();
    private volatile PlacementLog.@Nullable Reader reader;
    private @Nullable Term term;
    private long lastHeard;
    private volatile boolean leading;
    private volatile Set<IndexUuid> cleared = Set.of();

    /** A time in office. */
    private static final class Term implements AutoCloseable {
        final PlacementLog.Writer writer;
        final long since;
        final NodeRoll roll;
        long epoch;
        long beat;
        long lastBeat;
        long lastAppended = -1;

        Term(PlacementLog.Writer writer, long since, NodeRoll roll) {
            this.writer = writer;
            this.since = since;
            this.roll = roll;
        }

        @Override
        public void close() {
            writer.close();
        }
    }

    Allocator(
            String instance,
            PlacementLog placementLog,
            World world,
            AllocatorProperties properties,
            LongSupplier nanoTime,
            RandomGenerator random) {
        this.instance = instance;
        this.placementLog = placementLog;
        this.world = world;
        this.properties = properties;
        this.nanoTime = nanoTime;
        // A little apart, so that watchers do not all take over at once.
        long takeover = properties.takeover().toNanos();
        this.patienceNanos = takeover + random.nextLong(takeover / 5 + 1);
    }

    boolean isLeading() {
        return leading;
    }

    /** Deleted indices whose placement says so: their topics may go. */
    Set<IndexUuid> cleared() {
        return cleared;
    }

    /**
     * Reads for at most the given time, then does what is due. When this throws, the log does not answer: nothing was
     * decided, and the allocator watches again.
     */
    void step(Duration atMost) {
        try {
            PlacementLog.Reader from = follow();
            read(from, atMost);
            Term office = term;
            if (office == null) {
                if (world.isKnown() && from.position() >= from.end() && isSilent()) {
                    takeOver(from);
                }
            } else if (table.highestEpoch() > office.epoch) {
                stepDown("another allocator is in office");
            } else if (from.position() > office.lastAppended) {
                act(office);
            }
        } catch (RuntimeException e) {
            stepDown(e.toString());
            closeReader();
            throw e;
        }
    }

    private PlacementLog.Reader follow() {
        PlacementLog.Reader open = reader;
        if (open == null) {
            open = placementLog.read();
            reader = open;
            table = new PlacementTable();
            lastHeard = nanoTime.getAsLong();
        }
        return open;
    }

    private void read(PlacementLog.Reader from, Duration atMost) {
        for (PlacementRecord record : from.poll(atMost)) {
            table.apply(record);
            if (record.hasAllocator()) {
                lastHeard = nanoTime.getAsLong();
            }
        }
    }

    private boolean isSilent() {
        AllocatorSign sign = table.lastSign();
        return sign == null || sign.getInstance().equals(instance) || nanoTime.getAsLong() - lastHeard >= patienceNanos;
    }

    /** Fences, reads all that was committed before, and says who is in office now. */
    private void takeOver(PlacementLog.Reader from) {
        long now = nanoTime.getAsLong();
        Term office = new Term(placementLog.takeOver(), now, new NodeRoll(properties.grace(), properties.drainDelay()));
        term = office;
        long end = from.end();
        while (from.position() < end) {
            if (nanoTime.getAsLong() - now > properties.takeover().toNanos()) {
                throw new IllegalStateException("the placement log could not be read to its end in time");
            }
            read(from, Duration.ofMillis(50));
        }
        office.epoch = table.highestEpoch() + 1;
        beat(office, new ArrayList<>());
        leading = true;
        log.atInfo().addKeyValue("epoch", office.epoch).log("this instance is the allocator now");
    }

    /** Decides on a table that has all of this term's own appends in it. */
    private void act(Term office) {
        List<PlacementRecord> changes = changes(office);
        boolean due =
                nanoTime.getAsLong() - office.lastBeat >= properties.heartbeat().toNanos();
        if (due) {
            beat(office, changes);
        } else if (!changes.isEmpty()) {
            office.lastAppended = office.writer.append(changes);
        }
    }

    private void beat(Term office, List<PlacementRecord> changes) {
        changes.add(PlacementTable.sign(instance, office.epoch, office.beat++));
        office.lastAppended = office.writer.append(changes);
        office.lastBeat = nanoTime.getAsLong();
    }

    private List<PlacementRecord> changes(Term office) {
        World.Sight sight = world.look();
        Map<ShardId, Placed> placed = table.shards();
        List<PlacementRecord> changes = new ArrayList<>();
        desired(office, sight, placed).forEach((shard, wanted) -> {
            if (!wanted.equals(placed.get(shard))) {
                changes.add(PlacementTable.placement(shard, wanted, office.epoch));
            }
        });
        cleared = cleared(sight.deleted(), placed);
        return changes;
    }

    private static Set<IndexUuid> cleared(Set<IndexUuid> deleted, Map<ShardId, Placed> placed) {
        Set<IndexUuid> cleared = new HashSet<>(deleted);
        placed.forEach((shard, is) -> {
            if (!is.deleted()) {
                cleared.remove(shard.index());
            }
        });
        return Set.copyOf(cleared);
    }

    private Map<ShardId, Placed> desired(Term office, World.Sight sight, Map<ShardId, Placed> placed) {
        long now = nanoTime.getAsLong();
        Map<ShardId, Copies> present = new HashMap<>();
        placed.forEach((shard, is) -> present.put(shard, is.copies()));
        List<NodeView> nodes = office.roll.call(now, sight.nodes(), Allocation.nodesOf(present));
        boolean early =
                !sight.surveyed() && now - office.since < properties.survey().toNanos();
        Map<ShardId, Placed> desired = new TreeMap<>();
        Map<ShardId, LogPartition> logs = new HashMap<>();
        List<WantedShard> wanted = new ArrayList<>();
        sight.wanted().forEach((shard, where) -> {
            logs.put(shard.id(), where);
            wanted.add(shard);
        });
        if (!early) {
            Allocation.decide(wanted, nodes, present, properties.concurrentMoves())
                    .forEach((shard, copies) -> {
                        LogPartition where = logs.get(shard);
                        if (where != null) {
                            desired.put(shard, new Placed(where, copies, false));
                        }
                    });
        }
        placed.forEach((shard, is) -> {
            if (sight.deleted().contains(shard.index())) {
                desired.put(shard, new Placed(is.log(), Copies.NONE, true));
            }
        });
        return desired;
    }

    private void stepDown(String reason) {
        Term office = term;
        term = null;
        lastHeard = nanoTime.getAsLong();
        if (leading) {
            leading = false;
            log.atWarn().addKeyValue("reason", reason).log("this instance is not the allocator any more");
        }
        if (office != null) {
            office.close();
        }
    }

    private void closeReader() {
        PlacementLog.Reader open = reader;
        reader = null;
        if (open != null) {
            open.close();
        }
    }

    /** Makes a step under way look at the world at once. From any thread. */
    void wakeup() {
        PlacementLog.Reader open = reader;
        if (open != null) {
            open.wakeup();
        }
    }

    public void close() {
        stepDown("closing");
        closeReader();
    }

    /** For tests: the placements as read so far. */
    Map<ShardId, Placed> placements() {
        return Map.copyOf(table.shards());
    }
}
