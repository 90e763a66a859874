package io.elpis.launcher.supervision;

import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.process.ProcessMark;
import java.io.IOException;

/**
 * Where every start of a process goes through. Once it is closed, all that was started is on record, so that stopping
 * finds it, and nothing starts any more. For any number of threads.
 */
public final class StartGate {

    private final ProcessMark keeper;
    private boolean closed;

    /** For what ends with this process, or outlives it when all went well. */
    public StartGate() {
        this(ProcessMark.own());
    }

    /** @param keeper the command that what is started ends with */
    public StartGate(ProcessMark keeper) {
        this.keeper = keeper;
    }

    ProcessMark keeper() {
        return keeper;
    }

    /** Starts a process and puts it on record. */
    interface Start {
        ProcessHandle start() throws IOException;
    }

    synchronized ProcessHandle pass(Start start) throws IOException {
        if (closed) {
            throw new CommandFailure("stopped");
        }
        return start.start();
    }

    /** Returns when no start is under way any more. */
    public synchronized void close() {
        closed = true;
    }
}
