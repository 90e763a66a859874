package io.elpis.query.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Logs that were written once are read as ever: their records say the same, and applying them comes to the same outcomes,
 * documents and digests. Where this fails, copies of one log would differ between the versions of a node: what a record
 * does may change from a new version of the apply logic on, which has a log of its own here ({@link GoldenLogRecorder}),
 * and the account of a log that is there never changes.
 */
final class GoldenLogTest {
    @ParameterizedTest
    @ValueSource(strings = "first")
    void aLogComesToWhatItAlwaysDid(String name) throws IOException {
        List<LogEntry> entries = GoldenLog.read(name);
        String expected = Files.readString(GoldenLog.account(name));
        assertSame(name, GoldenAccount.of(entries), expected);
        assertSame(name, GoldenAccount.ofPieces(entries), expected);
    }

    private static void assertSame(String name, String actual, String expected) throws IOException {
        if (!actual.equals(expected)) {
            Path kept = Files.createDirectories(Path.of("target/golden")).resolve(name + ".account");
            Files.writeString(kept, actual);
        }
        assertThat(differences(actual, expected))
                .as("target/golden has the whole account")
                .isEmpty();
    }

    private static List<String> differences(String actual, String expected) {
        List<String> now = actual.lines().toList();
        List<String> then = expected.lines().toList();
        return IntStream.range(0, Math.max(now.size(), then.size()))
                .filter(line -> !line(now, line).equals(line(then, line)))
                .mapToObj(line -> "line " + (line + 1) + " was: " + line(then, line) + "\nand is: " + line(now, line))
                .limit(5)
                .toList();
    }

    private static String line(List<String> lines, int number) {
        return number < lines.size() ? lines.get(number) : "";
    }
}
