package io.elpis.launcher.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** Passwords of one platform: each is a file of its own, made when first asked for. */
public final class Secrets {

    private static final int BYTES = 24;

    private final Path directory;
    private final SecureRandom random;

    public Secrets(Path directory, SecureRandom random) {
        this.directory = directory;
        this.random = random;
    }

    public static Secrets of(PlatformHome home) {
        return new Secrets(home.secretsDirectory(), new SecureRandom());
    }

    public String adminPassword() {
        return secret("admin-password");
    }

    public Path adminPasswordFile() {
        return directory.resolve("admin-password");
    }

    public String registryPassword() {
        return secret("registry-password");
    }

    public String databasePassword() {
        return secret("database-password");
    }

    public String databaseAdminPassword() {
        return secret("database-admin-password");
    }

    /** What a service shows to auth-service to get its own token. */
    public String clientSecret(String application) {
        return secret("client-" + application);
    }

    private String secret(String name) {
        Path file = directory.resolve(name);
        try {
            if (!Files.exists(file)) {
                var bytes = new byte[BYTES];
                random.nextBytes(bytes);
                PrivateFiles.write(file, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep " + file, e);
        }
    }
}
