package io.elpis.launcher.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.launcher.platform.PlatformHome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AlarmsTest {

    private static final String DAMAGED =
            "2026-11-26T22:47:16Z ERROR query-1 CopyAuditor damaged alarm=\"copy_damaged\"";
    private static final String FAILED = "2026-11-26T22:47:16Z ERROR query-1 HostedCopy stopped alarm=\"copy_failed\"";

    @TempDir
    private Path directory;

    private PlatformHome home;
    private Path log;

    @BeforeEach
    void make() throws IOException {
        home = new PlatformHome(directory);
        home.create();
        log = home.log("query-1");
    }

    private void write(String line) throws IOException {
        Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Test
    void alarmsSinceTheBeginAreTold() throws IOException {
        write(DAMAGED);
        Alarms alarms = Alarms.from(home);
        assertThat(alarms.raised()).isEmpty();
        write("2026-11-26T22:47:16Z INFO query-1 Copy opened");
        write(DAMAGED);
        assertThat(alarms.raised()).containsExactly("query-1.log: " + DAMAGED);
    }

    @Test
    void whatFaultsLeadToIsExcused() throws IOException {
        Alarms alarms = Alarms.from(home);
        write(FAILED);
        assertThat(alarms.raised()).isEmpty();
    }

    @Test
    void rolledLogsAreReadAsWell() throws IOException {
        write(DAMAGED);
        write(DAMAGED);
        Alarms alarms = Alarms.from(home);
        try (OutputStream packed =
                new GZIPOutputStream(Files.newOutputStream(log.resolveSibling("query-1.log.2026-11-26.0.gz")))) {
            packed.write((DAMAGED + "\n").getBytes(StandardCharsets.UTF_8));
        }
        Files.delete(log);
        write(DAMAGED);
        assertThat(alarms.raised())
                .containsExactly("query-1.log: " + DAMAGED, "query-1.log.2026-11-26.0.gz: " + DAMAGED);
    }
}
