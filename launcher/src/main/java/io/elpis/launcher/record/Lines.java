package io.elpis.launcher.record;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The lines of a file that say something, as they stand. Used by one thread. */
public final class Lines implements AutoCloseable {

    private static final int BUFFER = 1 << 16;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private long number;

    /**
     * @param text without the line's end; a carriage return is white space to JSON and stays
     * @param number counts from 1, blank lines included
     * @param bytes how much of the file it took, its end included
     */
    public record Line(byte[] text, long number, long bytes) {}

    public Lines(Path file) throws IOException {
        in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    }

    /** The next line that is not blank, or null. */
    public @Nullable Line next() throws IOException {
        for (byte[] line = read(); line != null; line = read()) {
            number++;
            byte[] text = number == 1 ? withoutMark(line) : line;
            if (!blank(text)) {
                return new Line(text, number, line.length + 1L);
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private byte @Nullable [] read() throws IOException {
        int next = in.read();
        if (next < 0) {
            return null;
        }
        var line = new ByteArrayOutputStream(1024);
        while (next >= 0 && next != '\n') {
            line.write(next);
            next = in.read();
        }
        return line.toByteArray();
    }

    /** Some programs begin a file with a byte order mark, which is no part of its first line. */
    private static byte[] withoutMark(byte[] line) {
        int length = BYTE_ORDER_MARK.length;
        boolean marked = line.length >= length && Arrays.equals(line, 0, length, BYTE_ORDER_MARK, 0, length);
        return marked ? Arrays.copyOfRange(line, length, line.length) : line;
    }

    private static boolean blank(byte[] line) {
        for (byte value : line) {
            if (value != ' ' && value != '\t' && value != '\r') {
                return false;
            }
        }
        return true;
    }
}
