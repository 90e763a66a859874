package io.elpis.launcher.torture;

import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.platform.PlatformHome;
import io.elpis.launcher.platform.PrivateFiles;
import io.elpis.launcher.service.Fleet;
import io.elpis.launcher.service.Instance;
import io.elpis.launcher.service.ServiceKind;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A small file system for each query node's data, which can be filled to the last byte. Needs the right to mount. */
final class Disks implements Closeable {

    /** Well above what the allocator wants free (256 MB) where it places copies. */
    private static final int MEGABYTES = 640;

    private static final int PAGE = 4096;
    private static final int LARGE = 1 << 20;
    private static final int MOUNT_SECONDS = 10;

    private final PlatformHome home;
    private final List<Path> mounted = new ArrayList<>();

    private Disks(PlatformHome home) {
        this.home = home;
    }

    /**
     * Before the nodes start.
     *
     * @throws CommandFailure where this user may not mount
     */
    static Disks mount(PlatformHome home, Fleet fleet) throws IOException, InterruptedException {
        Disks disks = new Disks(home);
        try {
            for (Instance node : fleet.of(ServiceKind.QUERY)) {
                disks.mount(home.data(node.name()));
            }
            return disks;
        } catch (CommandFailure | IOException e) {
            disks.close();
            throw e;
        }
    }

    /** Takes all the room that is left. */
    void fill(Instance node) throws IOException {
        try (var filler = FileChannel.open(filler(node), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            fill(filler, LARGE);
            fill(filler, PAGE);
        }
    }

    void free(Instance node) throws IOException {
        Files.deleteIfExists(filler(node));
    }

    @Override
    public void close() throws IOException {
        try {
            for (Path directory : mounted) {
                // Lazily, as a process may take its time to end.
                run("umount", "-l", directory.toString());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until the system says that there is no space left, whatever its words for it. */
    private static void fill(FileChannel filler, int chunk) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocate(chunk);
        long most = 2L * MEGABYTES * (1 << 20);
        for (long written = 0; written < most; written += chunk) {
            zeros.clear();
            try {
                while (zeros.hasRemaining()) {
                    int _ = filler.write(zeros);
                }
            } catch (IOException full) {
                return;
            }
        }
        throw new IOException("the file system took more than it has");
    }

    private void mount(Path directory) throws IOException, InterruptedException {
        PrivateFiles.createDirectory(directory);
        if (!run("mount", "-t", "tmpfs", "-o", "size=" + MEGABYTES + "m,mode=0700", "tmpfs", directory.toString())) {
            throw new CommandFailure("this user may not mount " + directory);
        }
        mounted.add(directory);
    }

    private Path filler(Instance node) {
        return home.data(node.name()).resolve("filler");
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(MOUNT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return false;
        }
        return process.exitValue() == 0;
    }
}
