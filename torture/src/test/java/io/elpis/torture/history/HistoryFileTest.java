package io.elpis.torture.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryFileTest {

    @Test
    void everyCallAndReplyComesBack(@TempDir Path directory) throws IOException {
        List<Call> calls = List.of(
                new Call.Read(),
                new Call.Put("é\n\"x\""),
                new Call.Create("b"),
                new Call.Swap("b", "c"),
                new Call.Remove(),
                new Call.AddMember("m"),
                new Call.Repeat(new Call.Put("a"), new Reply.Stored(true, 1, 2)));
        List<Reply> replies = List.of(
                new Reply.Found("a", 3, 1, 4),
                new Reply.Absent(),
                new Reply.Stored(true, 1, 2),
                new Reply.Removed(false, 5, 6),
                new Reply.Conflict(),
                new Reply.Refused("503"),
                new Reply.Open("timed out"));
        List<Operation> operations = new ArrayList<>();
        for (Call call : calls) {
            for (Reply reply : replies) {
                operations.add(new Operation(2, "key", call, reply, 10, 20, 3));
            }
        }
        Path file = directory.resolve("history.jsonl");
        try (HistoryFile history = new HistoryFile(file)) {
            for (Operation operation : operations) {
                history.add(operation);
            }
        }
        assertThat(HistoryFile.read(file)).isEqualTo(operations);
    }
}
