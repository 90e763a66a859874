package io.elpis.index.audit;

import com.google.errorprone.annotations.ThreadSafe;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.record.Barrier;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The recipe of one audit of one shard: mark the log, ask every copy, judge. */
@ThreadSafe
final class ShardAudit {
    private final Marks marks;
    private final CopyDoor door;

    /** This instance's last mark in each shard's log. */
    private final Map<ShardId, Mark> last = new ConcurrentHashMap<>();

    ShardAudit(Marks marks, CopyDoor door) {
        this.marks = marks;
        this.door = door;
    }

    /**
     * Never fails: a shard whose log does not take the mark has copies of which nothing is known.
     *
     * @param fresh whether what was written just now counts too; else a shard whose log has not grown since the last
     *     mark is compared there once more, and its log does not grow by being audited
     */
    CompletableFuture<ShardFinding> audit(AuditedShard shard, boolean fresh, boolean verify, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        Mark known = fresh ? null : unchanged(shard);
        CompletableFuture<Mark> marked = known != null
                ? CompletableFuture.completedFuture(known)
                : marks.append(shard.id().index(), shard.log(), patience);
        return marked.thenCompose(mark -> {
                    last.put(shard.id(), mark);
                    return compare(shard, mark, verify, Duration.ofNanos(deadline - System.nanoTime()));
                })
                .exceptionally(failure -> unmarked(shard, failure));
    }

    private ShardFinding unmarked(AuditedShard shard, Throwable failure) {
        CopyAnswer silent = new CopyAnswer.Silent("the log did not take the mark: " + failure);
        Map<String, CopyAnswer> answers = new TreeMap<>();
        door.copies(shard.id()).forEach(copy -> answers.put(copy.node(), silent));
        Mark none = new Mark(shard.log().generation(), -1, Barrier.getDefaultInstance());
        return ShardFinding.of(shard.id().shard(), none, shard.wanted(), answers);
    }

    private @Nullable Mark unchanged(AuditedShard shard) {
        Mark mark = last.get(shard.id());
        return mark != null
                        && mark.generation() == shard.log().generation()
                        && door.copies(shard.id()).stream().allMatch(copy -> copy.logEnd() == mark.offset() + 1)
                ? mark
                : null;
    }

    /** Never fails. */
    CompletableFuture<ShardFinding> compare(AuditedShard shard, Mark mark, boolean verify, Duration patience) {
        Map<String, CompletableFuture<CopyAnswer>> asked = new TreeMap<>();
        for (CopyDoor.Seen copy : door.copies(shard.id())) {
            asked.put(copy.node(), door.ask(shard.id(), copy.node(), mark, verify, patience));
        }
        return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
                .thenApply(_ -> {
                    Map<String, CopyAnswer> answers = new TreeMap<>();
                    asked.forEach((node, answer) -> answers.put(node, answer.join()));
                    return ShardFinding.of(shard.id().shard(), mark, shard.wanted(), answers);
                });
    }

    /** Forgets the marks of all other shards. */
    void retain(Collection<AuditedShard> shards) {
        last.keySet().retainAll(shards.stream().map(AuditedShard::id).collect(Collectors.toSet()));
    }
}
