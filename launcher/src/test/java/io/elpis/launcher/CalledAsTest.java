package io.elpis.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code elpis} hands on how it was called, to a JVM that only says what it was given. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
final class CalledAsTest {
    private static final Path ROOT = Path.of("..");

    @TempDir
    private Path directory;

    private Path tree;

    @BeforeEach
    void plant() throws IOException {
        tree = directory.resolve("a tree");
        Files.createDirectories(tree.resolve(".mvn"));
        Files.copy(ROOT.resolve(".mvn/jdk.sh"), tree.resolve(".mvn/jdk.sh"));
        Files.createDirectories(tree.resolve("launcher/target"));
        Files.createFile(tree.resolve("launcher/target/launcher-1.jar"));
        program(tree.resolve("elpis"), Files.readString(ROOT.resolve("elpis")));
        Path bin = Files.createDirectories(directory.resolve("jdk/bin"));
        program(bin.resolve("javac"), "");
        program(bin.resolve("java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        Files.writeString(directory.resolve("jdk/release"), "JAVA_VERSION=\"99\"\n");
    }

    @Test
    void pathsAreHandedOnAsTheyWereGiven() throws Exception {
        assertThat(calledAs("a tree", "./elpis status")).isEqualTo("./elpis");
        assertThat(calledAs(".", "'a tree/elpis' status")).isEqualTo("a tree/elpis");
        assertThat(calledAs(".", "'" + tree + "/elpis' status")).isEqualTo(tree + "/elpis");
        Files.createSymbolicLink(directory.resolve("link"), tree.resolve("elpis"));
        assertThat(calledAs("jdk", "../link status")).isEqualTo("../link");
    }

    @Test
    void bareNamesAreHandedOnAsPaths() throws Exception {
        assertThat(calledAs("a tree", "sh elpis status")).isEqualTo(tree + "/elpis");
        assertThat(calledAs("jdk", "elpis status")).as("found on the PATH").isEqualTo(tree + "/elpis");
    }

    @Test
    void jarOfTestsIsNotTheProgram() throws Exception {
        Files.createFile(tree.resolve("launcher/target/launcher-1-tests.jar"));
        assertThat(said("a tree", "./elpis status"))
                .containsSequence(
                        "-jar", tree.resolve("launcher/target/launcher-1.jar").toString());
    }

    private String calledAs(String from, String line) throws IOException, InterruptedException {
        return said(from, line).stream()
                .filter(word -> word.startsWith("-Delpis.command="))
                .map(word -> word.substring("-Delpis.command=".length()))
                .findFirst()
                .orElse("");
    }

    private List<String> said(String from, String line) throws IOException, InterruptedException {
        ProcessBuilder shell = new ProcessBuilder("/bin/sh", "-c", line)
                .directory(directory.resolve(from).toFile())
                .redirectErrorStream(true);
        shell.environment().put("JAVA_HOME", directory.resolve("jdk").toString());
        shell.environment().put("ELPIS_BUILD", "never");
        shell.environment().merge("PATH", tree.toString(), (path, more) -> more + File.pathSeparator + path);
        Process process = shell.start();
        List<String> said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).as(String.join("\n", said)).isZero();
        assertThat(said).contains("-Delpis.root=" + tree).endsWith("status");
        return said;
    }

    private static void program(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
