package io.elpis.launcher.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Hands on the lines that are added to files; a file that became shorter was rolled and is read from its start. */
public final class LogFollower {

    private static final long POLL_MILLIS = 300;
    private static final int MOST_BYTES = 1 << 20;

    private final Map<Path, String> files;
    private final Consumer<String> lines;
    private final Map<Path, Long> positions = new HashMap<>();

    /** @param files and the text that is put before their lines */
    public LogFollower(Map<Path, String> files, Consumer<String> lines) throws IOException {
        this.files = Map.copyOf(files);
        this.lines = lines;
        for (Path file : files.keySet()) {
            positions.put(file, Files.exists(file) ? Files.size(file) : 0L);
        }
    }

    /** Goes on until the thread is interrupted. */
    public void follow() throws IOException, InterruptedException {
        var never = new CountDownLatch(1);
        do {
            poll();
        } while (!never.await(POLL_MILLIS, TimeUnit.MILLISECONDS));
    }

    void poll() throws IOException {
        for (Map.Entry<Path, String> file : files.entrySet()) {
            if (Files.exists(file.getKey())) {
                read(file.getValue(), file.getKey());
            }
        }
    }

    private void read(String prefix, Path file) throws IOException {
        try (var access = new RandomAccessFile(file.toFile(), "r")) {
            long position = positions.getOrDefault(file, 0L);
            if (position > access.length()) {
                position = 0;
            }
            access.seek(position);
            var bytes = new byte[(int) Math.min(MOST_BYTES, access.length() - position)];
            access.readFully(bytes);
            // A line that is not whole yet is left for the next time.
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            new String(bytes, 0, end, StandardCharsets.UTF_8)
                    .lines()
                    .map(prefix::concat)
                    .forEach(lines);
            positions.put(file, position + end);
        }
    }
}
