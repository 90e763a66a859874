package io.elpis.launcher.installation;

import io.elpis.launcher.platform.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names for the content of jars: a build that changes nothing gives the same name, and any change another one. The hash is
 * noted together with the file's time and size, so that it is not made again at every start.
 */
final class JarStates {

    private static final int DIGITS = 12;

    private final Path notes;

    JarStates(Installation installation) {
        this.notes = installation.workDirectory().resolve("jars");
    }

    String of(Path jar) throws IOException {
        String stamp = Files.getLastModifiedTime(jar).toMillis() + " " + Files.size(jar) + " ";
        Path note = notes.resolve(jar.getFileName() + ".sha256");
        if (Files.exists(note)) {
            String noted = Files.readString(note);
            if (noted.startsWith(stamp)) {
                return noted.substring(stamp.length());
            }
        }
        String hash = hash(jar).substring(0, DIGITS);
        Files.createDirectories(notes);
        PrivateFiles.write(note, stamp + hash);
        return hash;
    }

    private static String hash(Path jar) throws IOException {
        try (var in = new DigestInputStream(Files.newInputStream(jar), MessageDigest.getInstance("SHA-256"))) {
            var buffer = new byte[1 << 16];
            int read = 0;
            while (read >= 0) {
                read = in.read(buffer);
            }
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
