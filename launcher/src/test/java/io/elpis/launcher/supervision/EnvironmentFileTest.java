package io.elpis.launcher.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.launcher.exit.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EnvironmentFileTest {

    @TempDir
    Path directory;

    @Test
    void linesBecomeVariables() throws IOException {
        Path file = Files.writeString(directory.resolve("query-1.env"), "# a note\n\nA=1\nB=x=y\n");
        assertThat(EnvironmentFile.read(file))
                .containsEntry("A", "1")
                .containsEntry("B", "x=y")
                .hasSize(2);
    }

    @Test
    void noFileMeansNothing() throws IOException {
        assertThat(EnvironmentFile.read(directory.resolve("query-2.env"))).isEmpty();
    }

    @Test
    void lineWithoutAValueIsNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("query-3.env"), "LD_PRELOAD\n");
        assertThatThrownBy(() -> EnvironmentFile.read(file))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("query-3.env has a line without NAME=value: LD_PRELOAD");
    }
}
