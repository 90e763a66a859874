package io.elpis.query.replica;

import java.io.IOException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.FilterIndexOutput;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;

/** A disk on which there is room for so many more bytes; what is written beyond fails as on a full one. */
final class FullDirectory extends FilterDirectory {
    private long room = Long.MAX_VALUE;
    private boolean full;

    FullDirectory(Directory disk) {
        super(disk);
    }

    synchronized void leaveRoomFor(long bytes) {
        room = bytes;
        full = false;
    }

    /** Whether something did not fit. */
    synchronized boolean isFull() {
        return full;
    }

    private synchronized void take(long bytes) throws IOException {
        if (bytes > room) {
            room = 0;
            full = true;
            throw new IOException("No space left on device");
        }
        room -= bytes;
    }

    @Override
    public IndexOutput createOutput(String name, IOContext context) throws IOException {
        take(0);
        return new Measured(super.createOutput(name, context));
    }

    @Override
    public IndexOutput createTempOutput(String prefix, String suffix, IOContext context) throws IOException {
        take(0);
        return new Measured(super.createTempOutput(prefix, suffix, context));
    }

    /** Stays open, for the next copy on the same disk. */
    @Override
    public void close() {}

    private final class Measured extends FilterIndexOutput {
        Measured(IndexOutput output) {
            super("measured " + output, output.getName(), output);
        }

        @Override
        public void writeByte(byte value) throws IOException {
            take(1);
            super.writeByte(value);
        }

        @Override
        public void writeBytes(byte[] bytes, int offset, int length) throws IOException {
            take(length);
            super.writeBytes(bytes, offset, length);
        }
    }
}
