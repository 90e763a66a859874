package io.elpis.launcher.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @TempDir
    Path directory;

    @Test
    void secretIsMadeOnceAndKept() {
        String first = secrets().adminPassword();
        assertThat(first).hasSizeGreaterThanOrEqualTo(32);
        assertThat(secrets().adminPassword()).isEqualTo(first);
    }

    @Test
    void everySecretIsAnother() {
        assertThat(secrets().clientSecret("gateway")).isNotEqualTo(secrets().clientSecret("index-service"));
        assertThat(secrets().databasePassword()).isNotEqualTo(secrets().databaseAdminPassword());
    }

    @Test
    void onlyTheOwnerReads() throws IOException {
        var home = new PlatformHome(directory.resolve("platform"));
        home.create();
        Secrets.of(home).adminPassword();
        assertThat(permissions(home.secretsDirectory())).isEqualTo("rwx------");
        assertThat(permissions(Secrets.of(home).adminPasswordFile())).isEqualTo("rw-------");
    }

    private Secrets secrets() {
        return new Secrets(directory, new SecureRandom());
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
