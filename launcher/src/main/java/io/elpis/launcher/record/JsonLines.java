package io.elpis.launcher.record;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A file with one JSON object a line, which is sent on as it stands. */
final class JsonLines implements RecordSource {

    private static final int BUFFER = 1 << 16;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Path file;
    private final @Nullable String idField;

    JsonLines(Path file, @Nullable String idField) {
        this.file = file;
        this.idField = idField;
    }

    @Override
    public long size() throws IOException {
        return Files.size(file);
    }

    @Override
    public void read(Sink sink) throws IOException, InterruptedException {
        RecordIds ids = RecordIds.ofContent(file);
        try (var in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            long number = 0;
            for (byte[] line = line(in); line != null; line = line(in)) {
                number++;
                int mark = number == 1 ? markLength(line) : 0;
                byte[] text = mark == 0 ? line : Arrays.copyOfRange(line, mark, line.length);
                if (!blank(text)) {
                    sink.accept(draft(text, line.length + 1L, number, ids));
                }
            }
        }
    }

    private Draft draft(byte[] line, long bytes, long number, RecordIds ids) {
        String field = idField;
        String position = Long.toString(number);
        return new Draft(
                file.getFileName() + ":" + position,
                bytes,
                () -> new LoadRecord(field == null ? ids.at(position) : IdField.in(line, field), line));
    }

    /** The next line without its end, or null. A carriage return is white space to JSON and stays. */
    private static byte @Nullable [] line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream(1024);
        int next = in.read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            line.write(next);
            next = in.read();
        }
        return line.toByteArray();
    }

    /** Some programs begin a file with a byte order mark, which is no part of its first line. */
    private static int markLength(byte[] line) {
        int length = BYTE_ORDER_MARK.length;
        boolean marked = line.length >= length && Arrays.equals(line, 0, length, BYTE_ORDER_MARK, 0, length);
        return marked ? length : 0;
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
