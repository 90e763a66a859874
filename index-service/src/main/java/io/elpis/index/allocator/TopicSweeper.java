package io.elpis.index.allocator;

import io.elpis.index.catalog.Catalog;
import io.elpis.index.log.LogTopics;
import io.elpis.model.error.ElpisException;
import io.elpis.model.schema.IndexUuid;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the topics of indices whose placement says that they are gone, what the catalog still remembers of them, and
 * topics that no index ever came to have; only beside the allocator in office.
 */
final class TopicSweeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TopicSweeper.class);
    private static final long PERIOD_SECONDS = 5;

    /** An index is seconds younger than its topic. */
    private static final Duration ORPHAN_AGE = Duration.ofHours(1);

    private final Allocator allocator;
    private final LogTopics topics;
    private final Catalog catalog;
    private final Consumer<Set<IndexUuid>> forget;
    private final Orphans orphans = new Orphans(ORPHAN_AGE);
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("topic-sweeper").daemon().factory());

    /** @param forget what else is kept of indices that are gone; called until it and all else succeeded */
    TopicSweeper(Allocator allocator, LogTopics topics, Catalog catalog, Consumer<Set<IndexUuid>> forget) {
        this.forget = forget;
        this.allocator = allocator;
        this.topics = topics;
        this.catalog = catalog;
    }

    void start() {
        var unused = thread.scheduleWithFixedDelay(this::sweep, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    private void sweep() {
        try {
            Set<IndexUuid> gone = allocator.cleared();
            if (!allocator.isLeading()) {
                return;
            }
            Set<IndexUuid> there = topics.indexTopics();
            if (!gone.isEmpty()) {
                Set<IndexUuid> left = new HashSet<>(there);
                left.retainAll(gone);
                delete(left);
                forget.accept(gone);
                catalog.purge(gone);
            }
            Set<IndexUuid> strays = new HashSet<>(there);
            strays.removeIf(index -> catalog.view().find(index) != null || gone.contains(index));
            Set<IndexUuid> due = orphans.due(strays, System.nanoTime());
            if (!due.isEmpty()) {
                delete(catalog.unheardOf(due));
            }
        } catch (ElpisException e) {
            log.atWarn().addKeyValue("reason", e.reason()).log("topics of deleted indices stay for now");
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("sweeping topics failed; it goes on");
        }
    }

    private void delete(Collection<IndexUuid> indices) {
        if (!indices.isEmpty()) {
            topics.delete(indices.stream().map(LogTopics::topicOf).toList());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
