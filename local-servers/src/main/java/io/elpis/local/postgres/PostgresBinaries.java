package io.elpis.local.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's programs, unpacked once from the classpath into a directory that several platforms may share. */
record PostgresBinaries(Path home) {

    /** @param directory where to unpack to; nothing is done when that happened before */
    static PostgresBinaries unpackedIn(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            unpack(archive(System.getProperty("os.name"), System.getProperty("os.arch")), directory);
        }
        return new PostgresBinaries(directory);
    }

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    static String archive(String system, String architecture) {
        String machine = switch (architecture) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> throw unsupported(system, architecture);
        };
        if (!system.toLowerCase(Locale.ROOT).equals("linux")) {
            throw unsupported(system, architecture);
        }
        return "/postgres-linux-" + machine + ".txz";
    }

    private static IllegalStateException unsupported(String system, String architecture) {
        return new IllegalStateException(
                "no PostgreSQL for " + system + " on " + architecture + " (only Linux on amd64 or arm64)");
    }

    /** Unpacks beside the target and renames, so that a half-unpacked directory is never taken for a whole one. */
    private static void unpack(String archive, Path target) throws IOException {
        Files.createDirectories(target.toAbsolutePath().getParent());
        Path fresh = Files.createTempDirectory(target.toAbsolutePath().getParent(), "unpacking-");
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (InputStream packed = PostgresBinaries.class.getResourceAsStream(archive)) {
            if (packed == null) {
                throw new IOException("the classpath lacks " + archive);
            }
            var tar = new TarArchiveInputStream(new XZCompressorInputStream(packed));
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                place(entry, tar, fresh);
            }
        }
        try {
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Directories.delete(fresh);
            if (!Files.isDirectory(target)) {
                throw e;
            }
            // Another platform unpacked the same programs in the meantime.
        }
    }

    private static void place(TarArchiveEntry entry, TarArchiveInputStream tar, Path root) throws IOException {
        Path path = root.resolve(entry.getName()).normalize();
        if (!path.startsWith(root)) {
            throw new IOException(entry.getName() + " points out of the archive");
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, path);
            String permissions = (entry.getMode() & 0100) == 0 ? "rw-r--r--" : "rwxr-xr-x";
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }
}
