package io.elpis.launcher.platform;

import io.elpis.launcher.exit.CommandFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Held while processes are started or stopped, so that two commands do not do it at once. */
public final class PlatformLock implements AutoCloseable {

    private final FileChannel channel;

    private PlatformLock(FileChannel channel) {
        this.channel = channel;
    }

    public static PlatformLock take(PlatformHome home) throws IOException {
        var channel = FileChannel.open(home.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable Object lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new CommandFailure("another elpis command is starting or stopping processes of " + home.directory());
        }
        return new PlatformLock(channel);
    }

    /** Gives the lock back. The file stays: deleting it would let two hold different files. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
