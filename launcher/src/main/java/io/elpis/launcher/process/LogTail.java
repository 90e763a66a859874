package io.elpis.launcher.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of a log file. */
public final class LogTail {

    private static final int WINDOW = 64 << 10;

    private LogTail() {}

    /** The last lines, read from at most the last 64 KiB; none when there is no such file. */
    public static List<String> lines(Path file, int count) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (var access = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, access.length() - WINDOW);
            access.seek(from);
            var bytes = new byte[(int) (access.length() - from)];
            access.readFully(bytes);
            List<String> lines =
                    new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return lines.subList(Math.max(0, lines.size() - count), lines.size());
        }
    }
}
