package io.elpis.query.node;

import io.elpis.query.catalog.NodeCatalog;
import io.elpis.query.log.KafkaDeadLetters;
import io.elpis.query.log.KafkaLogSource;
import io.elpis.query.log.TopicTable;
import io.elpis.query.placement.NodeCopies;
import io.elpis.query.replica.Workers;
import io.elpis.query.scan.Scans;
import io.elpis.query.search.Leases;
import io.elpis.query.search.SearchPool;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Starts the node's engine before the doors open and stops it after they have closed. As soon as the end is announced the
 * watchers are told, so that they send nothing new while what is under way is answered.
 */
final class NodeLifecycle implements SmartLifecycle, ApplicationListener<ContextClosedEvent> {
    /** Before the servers, which have the last phase. */
    private static final int PHASE = 0;

    private static final long UPKEEP_MILLIS = 50;

    private final NodeCopies copies;
    private final NodeCatalog catalog;
    private final Workers workers;
    private final KafkaLogSource source;
    private final TopicTable tables;
    private final SearchPool pool;
    private final Leases leases;
    private final Scans scans;
    private final StateStream states;
    private final KafkaDeadLetters letters;
    private final Duration heartbeat;
    private volatile boolean running;

    NodeLifecycle(
            NodeCopies copies,
            NodeCatalog catalog,
            Workers workers,
            KafkaLogSource source,
            TopicTable tables,
            SearchPool pool,
            Leases leases,
            Scans scans,
            StateStream states,
            KafkaDeadLetters letters,
            Duration heartbeat) {
        this.copies = copies;
        this.catalog = catalog;
        this.workers = workers;
        this.source = source;
        this.tables = tables;
        this.pool = pool;
        this.leases = leases;
        this.scans = scans;
        this.states = states;
        this.letters = letters;
        this.heartbeat = heartbeat;
    }

    @Override
    public void start() {
        running = true;
        every(heartbeat.toMillis(), states::publish);
        every(UPKEEP_MILLIS, () -> copies.upkeep(System.nanoTime()));
        every(1_000, leases::expire);
        every(1_000, scans::expire);
        every(1_000, () -> workers.upkeep().execute(catalog::save));
        tables.start();
    }

    private void every(long millis, Runnable task) {
        var unused =
                workers.timer().scheduleWithFixedDelay(new UnbrokenTask(task), millis, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        copies.drain();
        states.end();
    }

    @Override
    public void stop() {
        running = false;
        tables.close();
        pool.close();
        leases.close();
        scans.close();
        copies.close();
        letters.close();
        source.close();
        workers.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
