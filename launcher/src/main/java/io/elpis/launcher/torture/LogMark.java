package io.elpis.launcher.torture;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * How far a log had come, whatever its file is called by now, packed or not. A log is known by its beginning, which has a
 * time and an instance in it. The times of lines decide nothing: clocks are put wrong on purpose.
 *
 * @param head the first bytes
 * @param length bytes that there were, before packing
 */
@SuppressWarnings("ArrayRecordComponent") // compared by fits alone
record LogMark(byte[] head, long length) {

    private static final int HEAD = 4096;

    static LogMark of(Path file) throws IOException {
        // What is packed, or is being packed, grows no more.
        long length = packed(file) ? Long.MAX_VALUE : Files.size(file);
        try (InputStream log = open(file)) {
            return new LogMark(log.readNBytes((int) Math.min(HEAD, length)), length);
        }
    }

    /** Whether this is the log that was marked, or as much of it as is packed by now. */
    boolean fits(Path file) throws IOException {
        try (InputStream log = open(file)) {
            byte[] begin = log.readNBytes(head.length);
            return begin.length > 0 && Arrays.equals(begin, 0, begin.length, head, 0, begin.length);
        }
    }

    /** What was there when it was marked is passed over. */
    InputStream rest(Path file) throws IOException {
        InputStream log = open(file);
        try {
            log.skipNBytes(length);
        } catch (EOFException nothingNew) {
            // At its end, then.
        }
        return log;
    }

    static InputStream open(Path file) throws IOException {
        return packed(file) ? unpacked(file) : Files.newInputStream(file);
    }

    private static boolean packed(Path file) {
        return file.toString().endsWith(".gz");
    }

    /** Ends where a file that is not packed to its end does; the one that it is made of is there as well. */
    private static InputStream unpacked(Path file) throws IOException {
        InputStream packed = Files.newInputStream(file);
        try {
            return new GZIPInputStream(packed) {
                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    try {
                        return super.read(buffer, offset, length);
                    } catch (EOFException torn) {
                        return -1;
                    }
                }
            };
        } catch (EOFException nothingYet) {
            packed.close();
            return InputStream.nullInputStream();
        }
    }
}
