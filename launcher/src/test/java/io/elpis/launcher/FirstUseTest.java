package io.elpis.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code elpis} in a tree that is not built, with a build that only notes that it ran. */
final class FirstUseTest {
    private static final Path ROOT = Path.of("..");

    private static final String BUILD = """
            #!/bin/sh
            echo "begin" >>builds
            if [ -e /proc/self/fd ]; then
              ls -l /proc/$$/fd | grep "target/elpis/lock" >>inherited
            else
              : >>inherited
            fi
            sleep 1
            for pom in */pom.xml; do
              module=$(dirname "$pom")
              mkdir -p "$module/target"
              echo "no jar" >"$module/target/$module-1.jar"
            done
            echo "end" >>builds
            """;

    @TempDir
    private Path tree;

    @BeforeEach
    void plant() throws IOException {
        Files.copy(ROOT.resolve("elpis"), tree.resolve("elpis"));
        Files.createDirectory(tree.resolve(".mvn"));
        Files.copy(ROOT.resolve(".mvn/jdk.sh"), tree.resolve(".mvn/jdk.sh"));
        Files.writeString(tree.resolve("mvnw"), BUILD);
        Files.createFile(tree.resolve("pom.xml"));
        for (String name : List.of("elpis", "mvnw")) {
            Files.setPosixFilePermissions(tree.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        try (var modules = Files.newDirectoryStream(ROOT, file -> Files.exists(file.resolve("pom.xml")))) {
            for (Path module : modules) {
                Path copy = tree.resolve(module.getFileName().toString());
                Files.createDirectories(copy.resolve("src/main"));
                Files.createFile(copy.resolve("pom.xml"));
            }
        }
    }

    @Test
    void twoAtOneTimeBuildOnce() throws IOException, InterruptedException {
        assumeTrue(onPath("flock"), "nothing is locked without flock");
        List<Process> uses = new ArrayList<>();
        for (int use = 0; use < 3; use++) {
            ProcessBuilder command = new ProcessBuilder(tree.resolve("elpis").toString(), "--help")
                    .directory(tree.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(tree.resolve("out" + use).toFile());
            command.environment().put("ELPIS_TRAIN", "never");
            command.environment().remove("ELPIS_BUILD");
            uses.add(command.start());
        }
        try {
            for (Process use : uses) {
                assertThat(use.waitFor(60, TimeUnit.SECONDS)).isTrue();
            }
        } finally {
            uses.forEach(Process::destroyForcibly);
        }
        assertThat(tree.resolve("builds")).hasContent("begin\nend\n");
        assertThat(tree.resolve("inherited")).as("the lock, held by the build").isEmptyFile();
    }

    private static boolean onPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
