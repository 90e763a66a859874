package io.elpis.aggregator.document;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.protocol.node.GetResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads many documents, a few at a time, and keeps their order. What cannot be read fails alone; what is too much to
 * hold fails as a whole.
 */
public final class ManyReads extends CompletableFuture<List<ManyReads.Read>> {
    private static final int AT_A_TIME = 32;
    private static final long MOST_BYTES = 32 << 20;

    private final List<DocumentCall> calls;
    private final Function<DocumentCall, CompletableFuture<GetResponse>> reader;
    private final @Nullable Read[] reads;

    /** Whether, and how often since, somebody wanted more to be started. */
    private final AtomicInteger pumping = new AtomicInteger();

    @GuardedBy("this")
    private final Set<CompletableFuture<GetResponse>> running = new HashSet<>();

    @GuardedBy("this")
    private int started;

    @GuardedBy("this")
    private int ended;

    @GuardedBy("this")
    private long bytes;

    /** What became of one document. Exactly one of answer and failure is there. */
    public record Read(
            DocumentCall call,
            @Nullable GetResponse answer,
            @Nullable Throwable failure) {

        /** Whether there may be a later state than the one told. */
        public boolean possiblyStale() {
            return answer != null && answer.getPossiblyStale();
        }
    }

    private ManyReads(List<DocumentCall> calls, Function<DocumentCall, CompletableFuture<GetResponse>> reader) {
        this.calls = List.copyOf(calls);
        this.reader = reader;
        this.reads = new Read[calls.size()];
    }

    /** @return completes with a read for each call; cancelling it cancels those under way */
    public static ManyReads start(
            List<DocumentCall> calls, Function<DocumentCall, CompletableFuture<GetResponse>> reader) {
        ManyReads reads = new ManyReads(calls, reader);
        var unused = reads.whenComplete((_, _) -> reads.stop());
        if (calls.isEmpty()) {
            reads.complete(List.of());
        }
        reads.pump();
        return reads;
    }

    /** Reads that end at once would otherwise start each other deeper and deeper. */
    private void pump() {
        if (pumping.getAndIncrement() > 0) {
            return;
        }
        int wanted = 1;
        while (wanted > 0) {
            for (int at = next(); at >= 0; at = next()) {
                read(at);
            }
            wanted = pumping.addAndGet(-wanted);
        }
    }

    /** @return -1: none for now */
    private synchronized int next() {
        return isDone() || started == reads.length || started - ended >= AT_A_TIME ? -1 : started++;
    }

    private void read(int at) {
        CompletableFuture<GetResponse> read = reader.apply(calls.get(at));
        synchronized (this) {
            running.add(read);
        }
        var unused = read.whenComplete((answer, failure) -> ended(at, read, answer, failure));
        if (isDone()) {
            read.cancel(true);
        }
    }

    private void ended(
            int at, CompletableFuture<GetResponse> read, @Nullable GetResponse answer, @Nullable Throwable failure) {
        List<Read> all = null;
        boolean tooMuch;
        synchronized (this) {
            running.remove(read);
            reads[at] = new Read(calls.get(at), answer, failure);
            ended++;
            bytes += answer == null ? 0 : answer.getSerializedSize();
            tooMuch = bytes > MOST_BYTES;
            if (ended == reads.length) {
                all = List.of(reads);
            }
        }
        if (tooMuch) {
            completeExceptionally(new ElpisException(
                    ErrorCode.CIRCUIT_BREAKING,
                    "the documents are larger than the limit of [" + MOST_BYTES + "] bytes for one request"));
        } else if (all != null) {
            complete(all);
        } else {
            pump();
        }
    }

    private void stop() {
        List<CompletableFuture<GetResponse>> left;
        synchronized (this) {
            left = new ArrayList<>(running);
        }
        left.forEach(read -> read.cancel(true));
    }
}
