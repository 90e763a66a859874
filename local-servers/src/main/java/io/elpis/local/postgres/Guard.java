package io.elpis.local.postgres;

import java.io.IOException;

/**
 * A small shell that outlives this process by a moment: its standard input ends when this process dies, however it
 * dies, and then it asks the server to stop, so that a killed host does not leave a server behind.
 */
final class Guard implements AutoCloseable {

    private final Process shell;

    private Guard(Process shell) {
        this.shell = shell;
    }

    static Guard over(Process server) throws IOException {
        String script = "trap '' HUP INT TERM; cat >/dev/null; kill -INT " + server.pid() + " 2>/dev/null";
        return new Guard(new ProcessBuilder("/bin/sh", "-c", script)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** To be called once the server has ended: its number may soon be another's. */
    @Override
    public void close() {
        shell.destroyForcibly();
    }
}
