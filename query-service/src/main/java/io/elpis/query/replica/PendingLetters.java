package io.elpis.query.replica;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.elpis.protocol.letter.DeadLetter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A copy's dead letters that are not known to be kept yet. Applying never waits for them: a commit carries those of the
 * records it covers, so that no crash loses one. When there are too many to carry, nothing is committed before the
 * others are kept, and then the copy has to be opened again from its last commit, to make anew those it let go.
 * Thread-safe.
 */
final class PendingLetters {
    static final int MOST = 1_000;

    private static final long PAUSE_NANOS = 1_000_000_000;

    private final DeadLetterOutbox outbox;

    @GuardedBy("this")
    private final NavigableMap<Long, DeadLetter> pending = new TreeMap<>();

    /** Those of them that are not on their way. */
    @GuardedBy("this")
    private final Set<Long> failed = new HashSet<>();

    @GuardedBy("this")
    private boolean overflown;

    @GuardedBy("this")
    private long lastTry;

    PendingLetters(DeadLetterOutbox outbox, Collection<DeadLetter> committed) {
        this.outbox = outbox;
        committed.forEach(this::add);
    }

    void add(DeadLetter letter) {
        synchronized (this) {
            if (pending.size() >= MOST) {
                overflown = true;
                return;
            }
            pending.put(offset(letter), letter);
        }
        send(letter);
    }

    private void send(DeadLetter letter) {
        var unused = outbox.send(letter).whenComplete((_, failure) -> sent(letter, failure == null));
    }

    private synchronized void sent(DeadLetter letter, boolean kept) {
        if (kept) {
            pending.remove(offset(letter));
            failed.remove(offset(letter));
        } else {
            failed.add(offset(letter));
        }
    }

    /** Tries once more with those that did not get through, not more often than each second. */
    void retry(long now) {
        List<DeadLetter> again = new ArrayList<>();
        synchronized (this) {
            if (failed.isEmpty() || now - lastTry < PAUSE_NANOS) {
                return;
            }
            lastTry = now;
            for (long offset : failed) {
                DeadLetter letter = pending.get(offset);
                if (letter != null) {
                    again.add(letter);
                }
            }
            failed.clear();
        }
        again.forEach(this::send);
    }

    /**
     * Those that a commit has to carry.
     *
     * @return null when there are more than these, so that nothing may be committed now
     * @throws IOException when letters were let go that only applying anew can make
     */
    synchronized @Nullable List<DeadLetter> toCommit() throws IOException {
        if (!overflown) {
            return List.copyOf(pending.values());
        }
        if (pending.isEmpty()) {
            throw new IOException("too many records could not be applied while no dead letter could be stored; the copy"
                    + " continues from its last commit to make the missing ones");
        }
        return null;
    }

    private static long offset(DeadLetter letter) {
        return letter.getPosition().getOffset();
    }
}
