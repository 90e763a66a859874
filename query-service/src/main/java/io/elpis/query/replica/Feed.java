package io.elpis.query.replica;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One following of a log: the entries on their way from the log to the applying thread, bounded by asking the log to
 * pause. A copy that begins anew does so with a new feed, so that nothing late of the former one can get in.
 *
 * <p>Thread-safe. Whether the log is to pause is decided and asked for under one lock: the other way round a late pause
 * could overtake the resume that followed it, and nothing would ever arrive again.
 */
final class Feed implements LogReceiver {
    private static final int ENTRY_OVERHEAD = 64;

    /** Called by the log's thread; must return at once. */
    interface Listener {
        void arrived(Feed feed);

        /** The log does not continue what was read of it. */
        void broken(Feed feed, String reason);

        /** Nothing more is delivered, for reasons of this node's. */
        void failed(Feed feed, Throwable failure);
    }

    private final long pauseAt;
    private final long resumeAt;
    private final Listener listener;
    private volatile long logEnd = -1;

    @GuardedBy("this")
    private final ArrayDeque<LogEntry> entries = new ArrayDeque<>();

    @GuardedBy("this")
    private long bytes;

    @GuardedBy("this")
    private boolean paused;

    @GuardedBy("this")
    private boolean closed;

    @GuardedBy("this")
    private LogSource.@Nullable Following following;

    /** @param bytes read ahead before the log is asked to pause */
    Feed(long bytes, Listener listener) {
        this.pauseAt = bytes;
        this.resumeAt = bytes / 2;
        this.listener = listener;
    }

    /** Begins to follow; called once. */
    void open(LogSource source, LogAddress log, long offset, int leaderEpoch) {
        LogSource.Following begun = source.follow(log, offset, leaderEpoch, this);
        boolean late;
        synchronized (this) {
            late = closed;
            following = begun;
            if (paused) {
                begun.pause();
            }
        }
        if (late) {
            begun.close();
        }
    }

    @Override
    public void receive(List<LogEntry> more, long end) {
        synchronized (this) {
            if (closed) {
                return;
            }
            heardEnd(end);
            for (LogEntry entry : more) {
                entries.add(entry);
                bytes += size(entry);
            }
            if (!more.isEmpty() && bytes > pauseAt) {
                paused = true;
                if (following != null) {
                    following.pause();
                }
            }
        }
        if (!more.isEmpty()) {
            listener.arrived(this);
        }
    }

    @Override
    public void broken(String reason) {
        listener.broken(this, reason);
    }

    @Override
    public void failed(Throwable failure) {
        listener.failed(this, failure);
    }

    /** At most so many of the oldest entries, which are taken out. */
    synchronized List<LogEntry> take(int limit) {
        List<LogEntry> taken = new ArrayList<>(Math.min(limit, entries.size()));
        while (taken.size() < limit && !entries.isEmpty()) {
            LogEntry entry = entries.remove();
            bytes -= size(entry);
            taken.add(entry);
        }
        if (paused && bytes <= resumeAt) {
            paused = false;
            if (following != null) {
                following.resume();
            }
        }
        return taken;
    }

    synchronized boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Offset behind the log's last entry as last heard; -1 when unknown. */
    long logEnd() {
        return logEnd;
    }

    /** Remembers how far the log goes, if that is known. */
    void heardEnd(long end) {
        if (end >= 0) {
            logEnd = end;
        }
    }

    /** Stops following; what is still on its way is dropped. */
    void close() {
        LogSource.Following ending;
        synchronized (this) {
            closed = true;
            entries.clear();
            bytes = 0;
            ending = following;
        }
        if (ending != null) {
            ending.close();
        }
    }

    private static long size(LogEntry entry) {
        return ENTRY_OVERHEAD + entry.value().length;
    }
}
