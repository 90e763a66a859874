package io.elpis.torture.workload;

import io.elpis.torture.history.Call;
import io.elpis.torture.history.HistoryFile;
import io.elpis.torture.history.Operation;
import io.elpis.torture.history.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Collects the operations of one workload, in memory and in a file. Thread-safe. */
public final class Recorder {

    private final HistoryFile file;
    private final long begin;
    private final List<Operation> operations = new ArrayList<>();
    private long acknowledged;

    /** @param begin {@link System#nanoTime()} of the run's begin */
    public Recorder(HistoryFile file, long begin) {
        this.file = file;
        this.begin = begin;
    }

    long now() {
        return System.nanoTime() - begin;
    }

    void add(int client, String key, Call call, Reply reply, long invoked, int attempts) throws IOException {
        add(new Operation(client, key, call, reply, invoked, now(), attempts));
    }

    void add(Operation operation) throws IOException {
        file.add(operation);
        synchronized (operations) {
            operations.add(operation);
            acknowledged += operation.acknowledged() ? 1 : 0;
        }
    }

    /** How many writes were acknowledged until now. */
    public long acknowledged() {
        synchronized (operations) {
            return acknowledged;
        }
    }

    /** All until now, in the order of their end. */
    public List<Operation> operations() {
        synchronized (operations) {
            return List.copyOf(operations);
        }
    }
}
