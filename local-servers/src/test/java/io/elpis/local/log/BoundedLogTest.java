package io.elpis.local.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedLogTest {

    @TempDir
    Path directory;

    @Test
    void fileAndPredecessorStayBelowTwiceTheLimit() throws IOException {
        Path file = directory.resolve("a.log");
        try (var log = new BoundedLog(file, 1_000)) {
            for (int i = 0; i < 500; i++) {
                log.line("line " + i);
            }
        }
        assertThat(Files.size(file)).isBetween(1L, 1_000L);
        assertThat(Files.size(directory.resolve("a.log.1"))).isBetween(1L, 1_000L);
        assertThat(Files.readString(file)).endsWith("line 499\n");
    }

    @Test
    void appendsToWhatIsThere() throws IOException {
        Path file = directory.resolve("a.log");
        for (String text : new String[] {"one", "two"}) {
            try (var log = new BoundedLog(file, 1_000)) {
                log.line(text);
            }
        }
        assertThat(Files.readString(file)).isEqualTo("one\ntwo\n");
    }
}
