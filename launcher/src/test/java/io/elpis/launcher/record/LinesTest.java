package io.elpis.launcher.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.launcher.record.Lines.Line;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinesTest {

    @TempDir
    Path directory;

    @Test
    void blankLinesAreLeftOutAndCounted() throws IOException {
        assertThat(lines("a\n\n \t\r\nb")).containsExactly("1 a", "4 b");
    }

    @Test
    void byteOrderMarkIsNoPartOfTheFirstLine() throws IOException {
        assertThat(lines("\uFEFFa\n\uFEFFb\n")).containsExactly("1 a", "2 \uFEFFb");
    }

    @Test
    void emptyFileHasNoLine() throws IOException {
        assertThat(lines("")).isEmpty();
        assertThat(lines("\uFEFF\n")).isEmpty();
    }

    private List<String> lines(String content) throws IOException {
        Path file = Files.writeString(directory.resolve("a.jsonl"), content);
        var all = new ArrayList<String>();
        try (var lines = new Lines(file)) {
            for (Line line = lines.next(); line != null; line = lines.next()) {
                all.add(line.number() + " " + new String(line.text(), StandardCharsets.UTF_8));
            }
        }
        return all;
    }
}
