package io.elpis.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.launcher.exit.ExitCode;
import io.elpis.launcher.platform.PlatformHome;
import io.elpis.launcher.platform.PlatformPlan;
import io.elpis.launcher.platform.PlatformShape;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ElpisCommandTest {

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void nameTheCheckout() {
        System.setProperty("elpis.root", directory.toString());
    }

    @AfterEach
    void forgetTheCheckout() {
        System.clearProperty("elpis.root");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up", "down", "status", "logs", "start", "stop", "kill", "token", "load", "search", "bench", "demo"
            })
    void everyCommandHasHelp(String command) {
        assertThat(run(command, "--help")).isEqualTo(ExitCode.DONE);
        assertThat(out.toString()).startsWith("Usage: elpis " + command).contains("--data");
    }

    @Test
    void versionIsThatOfTheBuild() throws IOException {
        Matcher pom = Pattern.compile("<version>(.+?)</version>").matcher(Files.readString(Path.of("pom.xml")));
        assertThat(pom.find()).isTrue();
        assertThat(run("--version")).isEqualTo(ExitCode.DONE);
        assertThat(run("up", "--version")).isEqualTo(ExitCode.DONE);
        assertThat(out.toString()).isEqualTo("elpis %1$s\nelpis %1$s\n".formatted(pom.group(1)));
    }

    @Test
    void wrongUsageEndsWithTwo() {
        assertThat(run()).isEqualTo(ExitCode.USAGE);
        assertThat(run("fly")).isEqualTo(ExitCode.USAGE);
        assertThat(run("kill")).isEqualTo(ExitCode.USAGE);
        assertThat(run("up", "--nodes", "many")).isEqualTo(ExitCode.USAGE);
        assertThat(run("load", "pages")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void nodesOutOfBoundsAreWrongUsage() {
        assertThat(run("up", "-d", "--nodes", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).isEqualTo("elpis: --nodes must be 1 to 64\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "start query-1", "stop query-1", "kill query-1", "logs query"})
    void commandsForAPlatformThatIsNotThereSayHowToMakeIt(String line) {
        assertThat(run(line.split(" "))).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("there is no platform in", "./elpis up -d");
    }

    @Test
    void downOfNothingIsDone() {
        assertThat(run("down")).isEqualTo(ExitCode.DONE);
    }

    @Test
    void unknownInstanceIsWrongUsageAndTheKnownOnesAreNamed() throws IOException {
        platform(8080);
        assertThat(run("stop", "query-9")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("no instance query-9; there are discovery-1");
    }

    @Test
    void startTakesSeveralAndNoneWhereOneIsUnknown() throws IOException {
        platform(8080);
        assertThat(run("start", "postgres-1", "query-9")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).startsWith("elpis: no instance query-9; there are ");
        assertThat(out.toString()).isEmpty();
        assertThat(run("start")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void killOfAStoppedInstanceFails() throws IOException {
        platform(8080);
        assertThat(run("kill", "query-1")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).isEqualTo("elpis: query-1 does not run\n");
        assertThat(run("stop", "query-1")).isEqualTo(ExitCode.DONE);
    }

    @Test
    void statusOfAPlatformThatIsDownEndsWithThree() throws IOException {
        platform(1);
        assertThat(run("status", "--json")).isEqualTo(ExitCode.NOT_RUNNING);
        assertThat(out.toString()).contains("\"state\" : \"stopped\"", "\"memory_bytes\" : 0", "\"shards\" : [ ]");
    }

    @Test
    void statusOfNoPlatformEndsWithThreeToo() {
        assertThat(run("status")).isEqualTo(ExitCode.NOT_RUNNING);
        assertThat(err.toString()).contains("there is no platform in", "./elpis up -d");
    }

    @Test
    void lineToBePastedMeansThePlatformThatWasAskedFor() {
        Path elsewhere = directory.resolve("some where");
        assertThat(run("token", "--data", elsewhere.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).endsWith("start one with ./elpis up -d --data '" + elsewhere + "'\n");
    }

    @Test
    void takenPublicPortIsToldBeforeAnythingStarts() throws IOException {
        try (var busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(busy.getLocalPort());
            assertThat(run("up", "-d", "--port", port)).isEqualTo(ExitCode.FAILED);
            assertThat(err.toString())
                    .isEqualTo("elpis: port " + port + " of 127.0.0.1 is taken: choose another with --port\n");
        }
    }

    @Test
    void numberOfBrokersCannotBeChanged() throws IOException {
        platform(8080);
        assertThat(run("up", "-d", "--brokers", "3")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("made with 1 Kafka broker(s)");
    }

    @Test
    void loadOfAFileOfUnknownKindIsWrongUsage() throws IOException {
        Path file = Files.writeString(directory.resolve("a.docx"), "x");
        assertThat(run("load", "pages", file.toString())).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void benchOfWhatIsNoSearchIsWrongUsage() throws IOException {
        Path file = Files.writeString(directory.resolve("a.jsonl"), "{\"size\": 1}\n[]\n");
        assertThat(run("bench", "pages", file.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).isEqualTo("elpis: a.jsonl:2: not a JSON object\n");
        assertThat(run("bench", "pages")).isEqualTo(ExitCode.USAGE);
        assertThat(run("bench", "pages", file.toString(), "--clients", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(run("bench", "pages", file.toString(), "--consistency", "some"))
                .isEqualTo(ExitCode.USAGE);
    }

    private void platform(int port) throws IOException {
        var home = new PlatformHome(directory.resolve(".elpis"));
        home.create();
        PlatformPlan.fresh(new PlatformShape(3, 2, 1, 1, "127.0.0.1", port)).store(home);
    }

    private int run(String... arguments) {
        CommandLine commandLine = ElpisCommand.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
