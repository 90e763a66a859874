package io.elpis.query.replica;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Entries on their way from the log to the applying thread, bounded by asking the log to pause. Thread-safe. */
final class Inbox {
    private static final int ENTRY_OVERHEAD = 64;

    private final long pauseAt;
    private final long resumeAt;

    @GuardedBy("this")
    private final ArrayDeque<LogEntry> entries = new ArrayDeque<>();

    @GuardedBy("this")
    private long bytes;

    @GuardedBy("this")
    private boolean paused;

    Inbox(long bytes) {
        this.pauseAt = bytes;
        this.resumeAt = bytes / 2;
    }

    /** @return whether the log should pause, if it has not yet */
    synchronized boolean add(List<LogEntry> more) {
        for (LogEntry entry : more) {
            entries.add(entry);
            bytes += size(entry);
        }
        paused |= bytes > pauseAt;
        return paused;
    }

    /** At most so many of the oldest entries, which are taken out. */
    synchronized List<LogEntry> take(int limit) {
        List<LogEntry> taken = new ArrayList<>(Math.min(limit, entries.size()));
        while (taken.size() < limit && !entries.isEmpty()) {
            LogEntry entry = entries.remove();
            bytes -= size(entry);
            taken.add(entry);
        }
        return taken;
    }

    /** Whether the log should go on now; says so once. */
    synchronized boolean resumes() {
        boolean resume = paused && bytes <= resumeAt;
        paused &= !resume;
        return resume;
    }

    synchronized boolean isEmpty() {
        return entries.isEmpty();
    }

    private static long size(LogEntry entry) {
        return ENTRY_OVERHEAD + entry.value().length;
    }
}
