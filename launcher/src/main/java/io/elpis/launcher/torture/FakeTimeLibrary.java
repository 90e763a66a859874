package io.elpis.launcher.torture;

import io.elpis.launcher.installation.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Finds libfaketime, which tells a process a wrong time; where it is missing, as a Debian package, unpacked only. */
public final class FakeTimeLibrary {

    private static final String NAME = "libfaketimeMT.so.1";
    private static final List<Path> PLACES = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime"),
            Path.of("/usr/lib64/faketime"),
            Path.of("/usr/lib/faketime"),
            Path.of("/usr/local/lib/faketime"));
    private static final int DOWNLOAD_SECONDS = 60;

    private FakeTimeLibrary() {}

    /** @return nothing where it can neither be found nor fetched */
    public static Optional<Path> find(Installation installation) throws IOException, InterruptedException {
        Optional<Path> there = in(PLACES);
        if (there.isPresent()) {
            return there;
        }
        Path directory = installation.workDirectory().resolve("faketime");
        Optional<Path> fetched = below(directory);
        if (fetched.isEmpty() && fetch(directory)) {
            fetched = below(directory);
        }
        return fetched;
    }

    private static Optional<Path> in(List<Path> places) {
        return places.stream()
                .map(place -> place.resolve(NAME))
                .filter(Files::isReadable)
                .findFirst();
    }

    private static Optional<Path> below(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.endsWith(NAME)).findFirst();
        }
    }

    private static boolean fetch(Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        return run(directory, "apt-get download libfaketime")
                && run(directory, "for package in libfaketime_*.deb; do dpkg-deb -x \"$package\" .; done");
    }

    private static boolean run(Path directory, String script) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("/bin/sh", "-c", script)
                .directory(directory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("fetch.log").toFile())
                .start();
        if (!process.waitFor(DOWNLOAD_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return false;
        }
        return process.exitValue() == 0;
    }
}
