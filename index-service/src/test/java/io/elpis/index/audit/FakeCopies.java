package io.elpis.index.audit;

import io.elpis.index.audit.CopyAnswer.Content;
import io.elpis.index.log.LogPartition;
import io.elpis.index.log.RecordLog;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.record.LogRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** One shard's log and copies in memory. A copy that is built again holds what is right and serves after two looks. */
final class FakeCopies implements CopyDoor, RecordLog {
    static final Content RIGHT = new Content("a".repeat(32), 3, 5);
    static final Content WRONG = new Content("b".repeat(32), 3, 5);

    static final class Copy {
        CopyAnswer answer;
        boolean stubborn;
        int looksUntilServing;

        /** How often its log is silent when it is to be discarded: it stays as it is then. */
        int kept;

        Copy(CopyAnswer answer) {
            this.answer = answer;
        }
    }

    final Map<String, Copy> copies = new TreeMap<>();
    final List<LogRecord> appended = new ArrayList<>();
    final List<String> rebuilt = new ArrayList<>();
    final List<Boolean> verified = new ArrayList<>();
    boolean refusing;

    void copy(String node, Content content) {
        copies.put(node, new Copy(new CopyAnswer.Told(content, false)));
    }

    Copy on(String node) {
        return Objects.requireNonNull(copies.get(node));
    }

    @Override
    public synchronized List<Seen> copies(ShardId shard) {
        List<Seen> seen = new ArrayList<>();
        copies.forEach((node, copy) -> {
            boolean serving = copy.looksUntilServing == 0;
            copy.looksUntilServing = Math.max(0, copy.looksUntilServing - 1);
            seen.add(new Seen(node, serving, 1, appended.size()));
        });
        return seen;
    }

    @Override
    public synchronized CompletableFuture<CopyAnswer> ask(
            ShardId shard, String node, Mark mark, boolean verify, Duration patience) {
        verified.add(verify);
        Copy copy = copies.get(node);
        CopyAnswer answer =
                copy == null || copy.looksUntilServing > 0 ? new CopyAnswer.Silent("building") : copy.answer;
        if (copy != null && copy.kept > 0 && answer instanceof CopyAnswer.Damaged) {
            copy.kept -= verify ? 1 : 0;
            // What it was told from memory, without a look at the disk.
            return CompletableFuture.completedFuture(verify ? answer : new CopyAnswer.Told(RIGHT, false));
        }
        if (verify && answer instanceof CopyAnswer.Damaged && copy != null) {
            // As a node does.
            copy.answer = new CopyAnswer.Told(RIGHT, true);
            copy.looksUntilServing = 2;
        }
        return CompletableFuture.completedFuture(answer);
    }

    @Override
    public synchronized CompletableFuture<Boolean> rebuild(
            ShardId shard, String node, long generation, String reason, Duration patience) {
        long others = copies.entrySet().stream()
                .filter(copy -> !copy.getKey().equals(node) && copy.getValue().looksUntilServing == 0)
                .count();
        if (others == 0) {
            throw new AssertionError("the last copy that serves");
        }
        Copy copy = copies.get(node);
        if (copy != null && copy.kept > 0) {
            copy.kept--;
            return CompletableFuture.completedFuture(false);
        }
        rebuilt.add(node);
        if (copy != null) {
            copy.answer = copy.stubborn ? copy.answer : new CopyAnswer.Told(RIGHT, false);
            copy.looksUntilServing = 2;
        }
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public synchronized void append(LogPartition to, byte[] key, LogRecord record, Confirmation confirmed) {
        if (refusing) {
            confirmed.refused(new ElpisException(ErrorCode.LOG_UNAVAILABLE, "refused"));
        } else {
            appended.add(record);
            confirmed.stored(appended.size() - 1);
        }
    }

    @Override
    public void checkAvailable() {}
}
