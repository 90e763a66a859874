package io.elpis.query.placement;

import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.ShardId;
import io.elpis.query.replica.CopyPlan;
import io.elpis.query.replica.HostedCopy;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The copies of this node, by shard. Changed by the one thread that reads the placement; read by all. */
public final class NodeCopies {
    private static final Logger LOG = LoggerFactory.getLogger(NodeCopies.class);
    private static final Duration LONGEST_LEAVING = Duration.ofMinutes(2);
    private static final Duration LAST_STEPS = Duration.ofSeconds(20);

    private final Map<ShardId, HostedCopy> copies = new ConcurrentSkipListMap<>();
    /** Done when the directory of a dropped copy is free; another copy of the shard may be held before that. */
    private final Map<ShardId, CompletableFuture<Void>> leaving = new ConcurrentHashMap<>();

    private final Path root;
    private final BiFunction<CopyPlan, Path, HostedCopy> factory;
    private final Map<IndexUuid, Duration> refreshIntervals = new ConcurrentHashMap<>();
    private final long memory;
    private volatile boolean draining;

    /**
     * @param root directory of all copies
     * @param memory bytes that all copies together may use for what is not in a segment yet
     * @param factory makes a copy that lives in the given directory
     */
    public NodeCopies(Path root, long memory, BiFunction<CopyPlan, Path, HostedCopy> factory) {
        this.root = root;
        this.memory = memory;
        this.factory = factory;
    }

    public Collection<HostedCopy> all() {
        return Collections.unmodifiableCollection(copies.values());
    }

    public @Nullable HostedCopy find(ShardId shard) {
        return copies.get(shard);
    }

    /** Opens this copy unless it is open. */
    public void hold(CopyPlan plan) {
        HostedCopy present = copies.get(plan.shard());
        if (draining || present != null && present.plan().equals(plan)) {
            return;
        }
        if (present != null) {
            drop(plan.shard());
        }
        HostedCopy copy = factory.apply(plan, directory(plan.shard()));
        copies.put(plan.shard(), copy);
        shareMemory();
        Duration interval = refreshIntervals.get(plan.shard().index());
        if (interval != null) {
            copy.refreshEvery(interval);
        }
        LOG.atInfo()
                .addKeyValue("shard", plan.shard())
                .addKeyValue("log", plan.address())
                .log("copy assigned");
        var unused = whenFree(plan.shard()).thenRun(copy::start);
    }

    /** Deletes this node's copy of the shard, if there is one, without waiting for it. */
    public void drop(ShardId shard) {
        HostedCopy dropped = copies.remove(shard);
        if (dropped != null) {
            LOG.atInfo().addKeyValue("shard", shard).log("copy dropped");
            CompletableFuture<Void> deleted = whenFree(shard).thenCompose(_ -> dropped.delete());
            leaving.put(shard, deleted);
            var unused = deleted.thenRun(() -> leaving.remove(shard, deleted));
            watch(shard, deleted);
            shareMemory();
        }
    }

    /** A copy that hangs keeps its memory, one of the appliers, and the next copy of its shard from being opened. */
    private static void watch(ShardId shard, CompletableFuture<Void> deleted) {
        var unused = deleted.copy()
                .orTimeout(LONGEST_LEAVING.toNanos(), TimeUnit.NANOSECONDS)
                .exceptionally(late -> {
                    LOG.atError()
                            .addKeyValue("alarm", "copy_hangs")
                            .addKeyValue("shard", shard)
                            .addKeyValue("after", LONGEST_LEAVING)
                            .log("a dropped copy does not end; only a restart of this node frees its place");
                    return null;
                });
    }

    private CompletableFuture<Void> whenFree(ShardId shard) {
        return leaving.getOrDefault(shard, CompletableFuture.completedFuture(null));
    }

    private void shareMemory() {
        long each = memory / Math.max(1, copies.size());
        copies.values().forEach(copy -> copy.limitMemory(each));
    }

    /** Deletes the directories of copies that this node no longer holds. Only once the whole placement is known. */
    void sweep() {
        List<Path> held = Stream.concat(copies.keySet().stream(), leaving.keySet().stream())
                .map(this::directory)
                .toList();
        for (Path index : children(root)) {
            for (Path shard : children(index)) {
                if (!held.contains(shard)) {
                    LOG.atInfo().addKeyValue("directory", shard).log("copy of earlier times deleted");
                    delete(shard);
                }
            }
        }
    }

    private static void delete(Path directory) {
        try {
            IOUtils.rm(directory);
        } catch (IOException e) {
            LOG.atWarn().setCause(e).addKeyValue("directory", directory).log("directory not deleted");
        }
    }

    private static List<Path> children(Path directory) {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, Files::isDirectory)) {
                stream.forEach(found::add);
            } catch (IOException e) {
                LOG.atWarn().setCause(e).addKeyValue("directory", directory).log("directory not read");
            }
        }
        return found;
    }

    private Path directory(ShardId shard) {
        return root.resolve(shard.index().hex()).resolve(Integer.toString(shard.shard()));
    }

    /** Starts what is due. */
    public void upkeep(long nanoTime) {
        copies.values().forEach(copy -> copy.upkeep(nanoTime));
    }

    /** Copies of this index refresh so often from now on, those to come too. */
    public void refreshEvery(IndexUuid index, Duration interval) {
        refreshIntervals.put(index, interval);
        copies.values().stream()
                .filter(copy -> copy.plan().shard().index().equals(index))
                .forEach(copy -> copy.refreshEvery(interval));
    }

    public boolean isDraining() {
        return draining;
    }

    /** Gives notice: the copies serve on, but nothing new is taken. */
    public void drain() {
        draining = true;
        copies.values().forEach(HostedCopy::drain);
    }

    /**
     * Commits and closes all, side by side. What has not ended within {@link #LAST_STEPS} is made up for by the next
     * start: a copy goes on from its last commit, and a deletion ends with {@link #sweep}.
     */
    public void close() {
        draining = true;
        CompletableFuture<?>[] last = Stream.concat(
                        copies.values().stream().map(HostedCopy::close), leaving.values().stream())
                .toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(last).get(LAST_STEPS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            LOG.atWarn().addKeyValue("after", LAST_STEPS).log("not all copies closed in order");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
