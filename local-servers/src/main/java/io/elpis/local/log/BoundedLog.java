package io.elpis.local.log;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Appends lines to a file and keeps one predecessor ({@code file.1}), so that both stay below twice the limit. */
public final class BoundedLog implements AutoCloseable {

    private final Path file;
    private final long limit;
    private BufferedWriter writer;
    private long written;

    /** @param limit characters after which the file becomes the predecessor */
    public BoundedLog(Path file, long limit) throws IOException {
        this.file = file;
        this.limit = limit;
        this.writer = open(file);
        this.written = Files.size(file);
    }

    public synchronized void line(String text) throws IOException {
        if (written + text.length() >= limit && written > 0) {
            roll();
        }
        writer.write(text);
        writer.newLine();
        writer.flush();
        written += text.length() + 1L;
    }

    @Override
    public synchronized void close() throws IOException {
        writer.close();
    }

    private void roll() throws IOException {
        writer.close();
        Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        writer = open(file);
        written = 0;
    }

    private static BufferedWriter open(Path file) throws IOException {
        return Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
