package io.elpis.launcher.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.launcher.platform.PlatformHome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AlarmsTest {

    private static final Set<FaultKind> NO_FAULTS = Set.of();

    @TempDir
    private Path directory;

    private PlatformHome home;
    private Path log;
    private int second;

    @BeforeEach
    void make() throws IOException {
        home = new PlatformHome(directory);
        home.create();
        log = home.log("query-1");
    }

    /** Each line has a time of its own, as in a log. */
    private String write(String what) throws IOException {
        String line = "2026-11-26T22:%02d:%02d.036Z %s".formatted(second / 60, second % 60, what);
        second++;
        Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return line;
    }

    private String alarm(String name) throws IOException {
        return write("ERROR query-1 HostedCopy copy stopped alarm=\"" + name + "\"");
    }

    private void write(int lines) throws IOException {
        for (int line = 0; line < lines; line++) {
            write("INFO  query-1 NodeCopies copy opened");
        }
    }

    private void roll(int number) throws IOException {
        pack(Files.readAllBytes(log), number);
        Files.delete(log);
    }

    private void pack(byte[] content, int number) throws IOException {
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(packed(number)))) {
            packed.write(content);
        }
    }

    private Path packed(int number) {
        return log.resolveSibling("query-1.log.2026-11-26." + number + ".gz");
    }

    @Test
    void alarmsSinceTheBeginAreTold() throws IOException {
        alarm("copy_damaged");
        Alarms alarms = Alarms.from(home);
        assertThat(alarms.raised(NO_FAULTS)).isEmpty();
        write(1);
        String raised = alarm("copy_damaged");
        assertThat(alarms.raised(NO_FAULTS)).containsExactly("query-1.log: " + raised);
    }

    @Test
    void onlyWhatTheFaultsLeadToIsExcused() throws IOException {
        Alarms alarms = Alarms.from(home);
        alarm("copy_failed");
        assertThat(alarms.raised(EnumSet.complementOf(EnumSet.of(FaultKind.DISK))))
                .hasSize(1);
        assertThat(alarms.raised(Set.of(FaultKind.DISK, FaultKind.KILL))).isEmpty();
        alarm("topic_not_followed");
        assertThat(alarms.raised(Set.of(FaultKind.DISK))).isEmpty();
        assertThat(alarms.raised(Set.of(FaultKind.BROKER))).hasSize(1);
        assertThat(alarms.raised(Set.of(FaultKind.KILL, FaultKind.PAUSE, FaultKind.SKEW, FaultKind.DATABASE)))
                .hasSize(2);
        alarm("copies_differ");
        assertThat(alarms.raised(EnumSet.allOf(FaultKind.class))).hasSize(1);
    }

    @Test
    void logsThatAreRolledDuringTheRunAreNotReadFromBeforeIt() throws IOException {
        alarm("copy_damaged");
        write(100);
        roll(0);
        alarm("copy_damaged");
        write(100);
        Alarms alarms = Alarms.from(home);
        String first = alarm("log_broken");
        roll(1);
        String second = alarm("copy_discarded");
        write(10);
        roll(2);
        String third = alarm("copies_differ");
        assertThat(alarms.raised(NO_FAULTS))
                .containsExactly(
                        "query-1.log: " + third,
                        "query-1.log.2026-11-26.1.gz: " + first,
                        "query-1.log.2026-11-26.2.gz: " + second);
    }

    @Test
    void aNewLogIsReadFromItsBeginHoweverLongItIs() throws IOException {
        write(3);
        Alarms alarms = Alarms.from(home);
        roll(0);
        String raised = alarm("copy_damaged");
        write(100);
        assertThat(alarms.raised(NO_FAULTS)).containsExactly("query-1.log: " + raised);
    }

    /** Times in the log of an instance whose clock is put back are from before the begin. */
    @Test
    void clocksDecideNothing() throws IOException {
        second = 600;
        alarm("copy_damaged");
        write(100);
        Alarms alarms = Alarms.from(home);
        second = 0;
        String raised = alarm("copy_damaged");
        roll(0);
        String another = alarm("copy_damaged");
        assertThat(alarms.raised(Set.of(FaultKind.SKEW)))
                .containsExactly("query-1.log: " + another, "query-1.log.2026-11-26.0.gz: " + raised);
    }

    @Test
    void aLogThatIsBeingPackedIsReadWhereItStillIsWhole() throws IOException {
        alarm("log_broken");
        write(100);
        Alarms alarms = Alarms.from(home);
        String raised = alarm("copy_damaged");
        Path moved = log.resolveSibling("query-1.log.2026-11-26.01234.tmp");
        roll(0);
        byte[] whole = Files.readAllBytes(packed(0));
        for (int length : List.of(0, 5, whole.length / 2)) {
            Files.write(packed(0), Arrays.copyOf(whole, length));
            assertThat(alarms.raised(NO_FAULTS)).isEmpty();
        }
        Files.writeString(moved, raised + "\n");
        assertThat(alarms.raised(NO_FAULTS)).containsExactly(moved.getFileName() + ": " + raised);
    }
}
