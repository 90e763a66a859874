package io.elpis.launcher.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and directories that only their owner may read; a file is there whole or not at all. */
public final class PrivateFiles {

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE = permissions("rw-------");
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_DIRECTORY = permissions("rwx------");

    private PrivateFiles() {}

    public static void write(Path file, String text) throws IOException {
        Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), ".writing-", "", OWNER_FILE);
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    public static void createDirectory(Path directory) throws IOException {
        Files.createDirectories(directory, OWNER_DIRECTORY);
    }

    private static FileAttribute<Set<PosixFilePermission>> permissions(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }
}
