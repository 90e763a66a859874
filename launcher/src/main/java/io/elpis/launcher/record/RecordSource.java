package io.elpis.launcher.record;

import java.io.IOException;

/** One input that can be read from its start to its end. */
public interface RecordSource {

    /** Takes drafts, in order; may block to slow the reading down. */
    interface Sink {
        void accept(Draft draft) throws IOException, InterruptedException;
    }

    /** Bytes in all drafts together, near enough to tell how much is left. */
    long size() throws IOException;

    void read(Sink sink) throws IOException, InterruptedException;
}
