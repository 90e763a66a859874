package io.elpis.launcher.platform;

import io.elpis.launcher.exit.CommandFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Held while processes are started or stopped, so that two commands do not do it at once. */
public final class PlatformLock implements AutoCloseable {

    private static final long POLL_MILLIS = 100;

    private final FileChannel channel;

    private PlatformLock(FileChannel channel) {
        this.channel = channel;
    }

    public static PlatformLock take(PlatformHome home) throws IOException {
        return tryTake(home).orElseThrow(() -> busy(home));
    }

    /** Waits for another command to be done. */
    public static PlatformLock await(PlatformHome home, Duration patience) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Optional<PlatformLock> lock = tryTake(home);
        while (lock.isEmpty()) {
            if (System.nanoTime() - begin > patience.toNanos()) {
                throw busy(home);
            }
            var _ = new CountDownLatch(1).await(POLL_MILLIS, TimeUnit.MILLISECONDS);
            lock = tryTake(home);
        }
        return lock.get();
    }

    private static Optional<PlatformLock> tryTake(PlatformHome home) throws IOException {
        var channel = FileChannel.open(home.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (locked(channel)) {
            return Optional.of(new PlatformLock(channel));
        }
        channel.close();
        return Optional.empty();
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            @Nullable Object lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            // Another thread of this process has it.
            return false;
        }
    }

    private static CommandFailure busy(PlatformHome home) {
        return new CommandFailure("another elpis command is starting or stopping processes of " + home.directory());
    }

    /** Gives the lock back. The file stays: deleting it would let two hold different files. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
