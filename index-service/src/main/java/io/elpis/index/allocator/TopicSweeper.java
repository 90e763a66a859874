package io.elpis.index.allocator;

import io.elpis.index.log.LogTopics;
import io.elpis.model.error.ElpisException;
import io.elpis.model.schema.IndexUuid;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes the topics of indices whose placement says that they are gone; only beside the allocator in office. */
final class TopicSweeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TopicSweeper.class);
    private static final long PERIOD_SECONDS = 5;

    private final Allocator allocator;
    private final LogTopics topics;
    private final Set<IndexUuid> swept = new HashSet<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("topic-sweeper").daemon().factory());

    TopicSweeper(Allocator allocator, LogTopics topics) {
        this.allocator = allocator;
        this.topics = topics;
    }

    void start() {
        var unused = thread.scheduleWithFixedDelay(this::sweep, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    private void sweep() {
        Set<IndexUuid> gone = new HashSet<>(allocator.cleared());
        gone.removeAll(swept);
        if (!allocator.isLeading() || gone.isEmpty()) {
            return;
        }
        try {
            Set<IndexUuid> there = new HashSet<>(topics.indexTopics());
            there.retainAll(gone);
            List<String> names = there.stream().map(LogTopics::topicOf).toList();
            if (!names.isEmpty()) {
                topics.delete(names);
            }
            swept.addAll(gone);
        } catch (ElpisException e) {
            log.atWarn().addKeyValue("reason", e.reason()).log("topics of deleted indices stay for now");
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
