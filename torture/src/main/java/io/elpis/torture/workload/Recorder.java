package io.elpis.torture.workload;

import io.elpis.torture.history.Call;
import io.elpis.torture.history.HistoryFile;
import io.elpis.torture.history.Operation;
import io.elpis.torture.history.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Collects the operations of one workload, in memory and in a file, repeats by themselves. Thread-safe. */
public final class Recorder {

    private final HistoryFile file;
    private final LongSupplier nanos;
    private final List<Operation> operations = new ArrayList<>();
    private final List<Operation> repeats = new ArrayList<>();
    private long acknowledged;
    private long sent;

    /** @param begin {@link System#nanoTime()} of the run's begin */
    public Recorder(HistoryFile file, long begin) {
        this(file, () -> System.nanoTime() - begin);
    }

    /** @param nanos since the run's begin */
    Recorder(HistoryFile file, LongSupplier nanos) {
        this.file = file;
        this.nanos = nanos;
    }

    long now() {
        return nanos.getAsLong();
    }

    Operation add(int client, String key, Call call, Reply reply, long invoked, int attempts) throws IOException {
        return add(new Operation(client, key, call, reply, invoked, now(), attempts));
    }

    Operation add(Operation operation) throws IOException {
        file.add(operation);
        boolean repeat = operation.call() instanceof Call.Repeat;
        synchronized (operations) {
            (repeat ? repeats : operations).add(operation);
            acknowledged += !repeat && operation.acknowledged() ? 1 : 0;
            sent += operation.attempts();
        }
        return operation;
    }

    /** How many operations were sent until now, every attempt counted: as many records may be in the index's log. */
    long sent() {
        synchronized (operations) {
            return sent;
        }
    }

    /** How many writes were acknowledged until now. */
    public long acknowledged() {
        synchronized (operations) {
            return acknowledged;
        }
    }

    /** All repeats of what had been answered, until now. */
    public List<Operation> repeats() {
        synchronized (operations) {
            return List.copyOf(repeats);
        }
    }

    /** All but repeats until now, in the order of their end. */
    public List<Operation> operations() {
        synchronized (operations) {
            return List.copyOf(operations);
        }
    }
}
