package io.elpis.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {

    @TempDir
    Path directory;

    @Test
    void lastLinesOfAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("a.log"), "one\ntwo\nthree\n");
        assertThat(LogTail.lines(file, 2)).containsExactly("two", "three");
        assertThat(LogTail.lines(file, 9)).hasSize(3);
        assertThat(LogTail.lines(directory.resolve("none.log"), 2)).isEmpty();
    }

    @Test
    void followerHandsOnWholeLinesAndNoticesARolledFile() throws IOException {
        Path file = Files.writeString(directory.resolve("a.log"), "old\n");
        var lines = new ArrayList<String>();
        var follower = new LogFollower(Map.of(file, "a | "), lines::add);
        Files.writeString(file, "new\nhal", StandardOpenOption.APPEND);
        follower.poll();
        assertThat(lines).containsExactly("a | new");
        Files.writeString(file, "f\n", StandardOpenOption.APPEND);
        follower.poll();
        assertThat(lines).containsExactly("a | new", "a | half");
        Files.writeString(file, "x\n");
        follower.poll();
        assertThat(lines).last().isEqualTo("a | x");
    }
}
