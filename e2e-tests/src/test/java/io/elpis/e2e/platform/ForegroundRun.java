package io.elpis.e2e.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** An {@code elpis} command that goes on running, as in a terminal of its own. */
public final class ForegroundRun implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(11);

    private final Process process;
    private final Path output;

    ForegroundRun(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    public void awaitOutput(String words) {
        await(words).atMost(LIMIT).pollInterval(Duration.ofMillis(50)).until(() -> {
            assertThat(process.isAlive()).as(text()).isTrue();
            return text().contains(words);
        });
    }

    /**
     * What Ctrl-C in a terminal does; returns when the command has ended.
     *
     * @return its exit code
     */
    public int interrupt() {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor(5, TimeUnit.SECONDS);
            return awaitEnd();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** @return its exit code */
    public int awaitEnd() {
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(text()).isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** What it has said so far. */
    public String text() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            interrupt();
        }
        output.toFile().delete();
    }
}
