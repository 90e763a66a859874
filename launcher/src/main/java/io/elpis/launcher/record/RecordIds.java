package io.elpis.launcher.record;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** Ids for records that bring none: the same input always gives the same ids, so loading twice makes no duplicates. */
final class RecordIds {

    private static final int ID_BYTES = 15;
    private static final int BUFFER = 1 << 16;

    private final byte[] origin;

    private RecordIds(byte[] origin) {
        this.origin = origin;
    }

    /** Ids that depend on the file's bytes, wherever it lies. */
    static RecordIds ofContent(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (var in = Files.newInputStream(file)) {
            var buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return new RecordIds(digest.digest());
    }

    /** Ids that depend on where a directory lies: a page of it that is edited keeps its id. */
    static RecordIds ofPlace(Path directory) {
        return new RecordIds(directory.toString().getBytes(StandardCharsets.UTF_8));
    }

    String at(String position) {
        MessageDigest digest = sha256();
        digest.update(origin);
        digest.update((byte) 0);
        byte[] hash = digest.digest(position.getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, ID_BYTES));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
