package io.elpis.index.allocator;

import com.google.protobuf.UnsafeByteOperations;
import io.elpis.index.catalog.CatalogIndex;
import io.elpis.index.catalog.CatalogView;
import io.elpis.index.log.LogPartition;
import io.elpis.index.log.RecordFormat;
import io.elpis.index.log.RecordLog;
import io.elpis.model.error.ElpisException;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.record.DropTombstones;
import io.elpis.protocol.record.LogRecord;
import io.elpis.support.topology.ShardMap;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends control records that let copies drop old tombstones; only beside the allocator in office. Two that think they
 * are in office do no harm: what a record says holds whoever says it, and however often.
 */
final class TombstoneSweeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TombstoneSweeper.class);
    private static final long PERIOD_SECONDS = 10;
    private static final byte[] KEY = {};

    private final BooleanSupplier leading;
    private final CatalogView catalog;
    private final Supplier<ShardMap> shardMap;
    private final RecordLog records;
    private final TombstoneDrops drops;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("tombstone-sweeper").daemon().factory());

    TombstoneSweeper(
            BooleanSupplier leading,
            CatalogView catalog,
            Supplier<ShardMap> shardMap,
            RecordLog records,
            TombstoneProperties properties) {
        this.leading = leading;
        this.catalog = catalog;
        this.shardMap = shardMap;
        this.records = records;
        this.drops = new TombstoneDrops(properties.distance());
    }

    void start() {
        var unused = thread.scheduleWithFixedDelay(this::tryToSweep, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    private void tryToSweep() {
        try {
            sweep();
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("sweeping tombstones failed; it goes on");
        }
    }

    /** Looks at each shard once. For one thread at a time. */
    void sweep() {
        if (!leading.getAsBoolean()) {
            return;
        }
        ShardMap now = shardMap.get();
        Set<ShardId> shards = new HashSet<>();
        for (CatalogIndex index : catalog.indices()) {
            for (int shard = 0; shard < index.logs().size(); shard++) {
                ShardId id = index.metadata().shard(shard);
                shards.add(id);
                sweep(now, id, index.logs().get(shard));
            }
        }
        synchronized (drops) {
            drops.keep(shards);
        }
    }

    private void sweep(ShardMap now, ShardId shard, LogPartition partition) {
        long nextSeqNo = 0;
        long firstTombstone = 0;
        for (var copy : now.servingCopies(shard)) {
            if (copy.state().getApplied().getGeneration() == partition.generation()) {
                nextSeqNo = Math.max(nextSeqNo, copy.state().getNextSeqNo());
                firstTombstone = Math.max(firstTombstone, copy.state().getFirstTombstone());
            }
        }
        OptionalLong due;
        synchronized (drops) {
            due = drops.due(shard, nextSeqNo, firstTombstone);
        }
        if (due.isPresent()) {
            append(shard, partition, due.getAsLong());
        }
    }

    private void append(ShardId shard, LogPartition partition, long upTo) {
        LogRecord record = LogRecord.newBuilder()
                .setFormatVersion(RecordFormat.VERSION)
                .setIndexUuid(UnsafeByteOperations.unsafeWrap(shard.index().bytes()))
                .setDropTombstones(DropTombstones.newBuilder().setUpToSeqNo(upTo))
                .build();
        records.append(partition, KEY, record, new RecordLog.Confirmation() {
            @Override
            public void stored(long offset) {
                log.atInfo()
                        .addKeyValue("shard", shard)
                        .addKeyValue("upTo", upTo)
                        .log("tombstones may go");
                synchronized (drops) {
                    drops.asked(shard, upTo);
                }
            }

            @Override
            public void refused(ElpisException reason) {
                // The next look tries again.
                log.atWarn()
                        .addKeyValue("shard", shard)
                        .addKeyValue("reason", reason.reason())
                        .log("tombstones stay for now");
            }

            @Override
            public void undecided(Exception reason) {
                log.atWarn()
                        .addKeyValue("shard", shard)
                        .addKeyValue("reason", reason.toString())
                        .log("tombstones stay for now");
            }
        });
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
