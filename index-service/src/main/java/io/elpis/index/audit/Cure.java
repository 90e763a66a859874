package io.elpis.index.audit;

import io.elpis.index.audit.ShardFinding.CopyVerdict;
import io.elpis.index.audit.ShardFinding.Verdict;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes copies agree again. A copy that fails its own check is the wrong one, and its node is at it already; else what
 * differs from most is built again, and then whoever differs from what that made, since the log is what counts. The last
 * copy that serves is never taken. For one thread.
 */
final class Cure {
    private static final Logger LOG = LoggerFactory.getLogger(Cure.class);

    /** Orders that came to nothing; the next cure of the shard tries again. */
    private static final int MOST_REFUSALS = 5;

    private final ShardAudit audit;
    private final CopyDoor door;
    private final AuditMetrics metrics;
    private final Duration longest;
    private final Duration pause;
    private final CountDownLatch closing;

    /**
     * @param longest that a shard may take
     * @param pause between two looks at copies that are being built
     */
    Cure(
            ShardAudit audit,
            CopyDoor door,
            AuditMetrics metrics,
            Duration longest,
            Duration pause,
            CountDownLatch closing) {
        this.audit = audit;
        this.door = door;
        this.metrics = metrics;
        this.longest = longest;
        this.pause = pause;
        this.closing = closing;
    }

    /** @return what was found in the end, at the mark */
    ShardFinding cure(AuditedShard shard, Mark mark) throws InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        Set<String> rebuilt = new HashSet<>();
        Set<String> distrusted = new HashSet<>();
        int refused = 0;
        ShardFinding now = compare(shard, mark, true, deadline);
        distrust(distrusted, now);
        while ((now.verdict() != Verdict.EQUAL || !distrusted.isEmpty()) && System.nanoTime() < deadline) {
            if (!isUnderWay(shard, now) && distrusted.isEmpty()) {
                Optional<String> victim = victim(shard, now, rebuilt);
                if (victim.isEmpty() || refused == MOST_REFUSALS) {
                    return now;
                }
                if (rebuild(shard, now, victim.get())) {
                    rebuilt.add(victim.get());
                } else {
                    refused++;
                }
            }
            if (closing.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                return now;
            }
            now = compare(shard, mark, !distrusted.isEmpty(), deadline);
            distrust(distrusted, now);
        }
        return now;
    }

    /** Who was damaged is believed again once it has read what it has on its disk, for it may not have been built again. */
    private static void distrust(Set<String> distrusted, ShardFinding now) {
        for (ShardFinding.Copy copy : now.copies()) {
            if (copy.verdict() == CopyVerdict.DAMAGED) {
                distrusted.add(copy.node());
            } else if (copy.verified()) {
                distrusted.remove(copy.node());
            }
        }
        distrusted.retainAll(now.copies().stream().map(ShardFinding.Copy::node).toList());
    }

    /** Somebody is at it: what was said before it is done tells nothing. */
    private boolean isUnderWay(AuditedShard shard, ShardFinding now) {
        return !now.copies(CopyVerdict.UNKNOWN).isEmpty()
                || !now.copies(CopyVerdict.DAMAGED).isEmpty()
                || !door.copies(shard.id()).stream().allMatch(CopyDoor.Seen::serving);
    }

    private ShardFinding compare(AuditedShard shard, Mark mark, boolean verify, long deadline)
            throws InterruptedException {
        Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
        try {
            return audit.compare(shard, mark, verify, left)
                    .get(left.toNanos() + TimeUnit.SECONDS.toNanos(1), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            throw new IllegalStateException("copies of " + shard.id() + " could not be asked", failure);
        }
    }

    private Optional<String> victim(AuditedShard shard, ShardFinding now, Set<String> rebuilt) {
        Set<String> serving = new HashSet<>();
        door.copies(shard.id()).stream().filter(CopyDoor.Seen::serving).forEach(copy -> serving.add(copy.node()));
        for (ShardFinding.Copy copy : suspects(now, rebuilt)) {
            if (rebuilt.contains(copy.node())) {
                continue;
            }
            if (serving.stream().anyMatch(node -> !node.equals(copy.node()))) {
                return Optional.of(copy.node());
            }
            alarm(shard, "it is the last one that serves", copy.node());
            return Optional.empty();
        }
        if (now.verdict() == Verdict.DIFFERING) {
            alarm(shard, "all that differ were built again, and still they do", String.join(",", rebuilt));
        }
        return Optional.empty();
    }

    /** A copy that was built again holds what the log says; before there is one, who differs from most is suspected. */
    private static List<ShardFinding.Copy> suspects(ShardFinding now, Set<String> rebuilt) {
        CopyAnswer.Content truth = now.copies().stream()
                .filter(copy -> rebuilt.contains(copy.node()))
                .map(ShardFinding.Copy::content)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return truth == null
                ? now.copies(CopyVerdict.DIFFERS)
                : now.copies().stream()
                        .filter(copy ->
                                copy.content() != null && !copy.content().equals(truth))
                        .toList();
    }

    private static void alarm(AuditedShard shard, String why, String node) {
        LOG.atError()
                .addKeyValue("alarm", "copies_differ")
                .addKeyValue("shard", shard.id())
                .addKeyValue("node", node)
                .addKeyValue("reason", why)
                .log("copies differ and are left as they are");
    }

    /** @return whether the copy was discarded; one that was not holds what it held before */
    private boolean rebuild(AuditedShard shard, ShardFinding now, String node) throws InterruptedException {
        LOG.atError()
                .addKeyValue("alarm", "copies_differ")
                .addKeyValue("shard", shard.id())
                .addKeyValue("node", node)
                .log("a copy that differs is built again");
        Duration patience = Duration.ofSeconds(30);
        try {
            boolean discarded = door.rebuild(
                            shard.id(),
                            node,
                            now.mark().generation(),
                            "it differs from other copies at offset "
                                    + now.mark().offset(),
                            patience)
                    .get(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (discarded) {
                metrics.rebuilt();
            }
            return discarded;
        } catch (ExecutionException | TimeoutException failure) {
            LOG.atWarn()
                    .addKeyValue("shard", shard.id())
                    .addKeyValue("node", node)
                    .addKeyValue("reason", failure.toString())
                    .log("the order to build a copy again did not get through");
            return false;
        }
    }
}
