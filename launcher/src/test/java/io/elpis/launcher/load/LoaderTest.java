package io.elpis.launcher.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.launcher.record.Inputs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoaderTest {

    private static final int RECORDS = 1_000;

    @TempDir
    Path directory;

    @Test
    void loadingTwiceMakesNoDuplicates() throws Exception {
        Path file = records();
        try (var server = new BulkServer(id -> 201)) {
            for (int round = 0; round < 2; round++) {
                server.refuse(503);
                LoadSummary summary = load(server, file);
                assertThat(summary.loaded()).isEqualTo(RECORDS);
                assertThat(summary.failed()).isZero();
                assertThat(server.documents).hasSize(RECORDS);
            }
            assertThat(server.mostAtOnce).hasValueBetween(1, 3);
        }
    }

    @Test
    void failuresAreCountedByReason() throws Exception {
        Path file = Files.writeString(directory.resolve("a.csv"), "id\n1\n2\n3\n\"\"\n");
        try (var server = new BulkServer(id -> id.equals("1") ? 201 : 400)) {
            LoadSummary summary = new Loader(server.client(), "pages", 10, 1, LoadProgress.SILENT)
                    .load(new Inputs("id").of(List.of(file)));
            assertThat(summary.loaded()).isEqualTo(1);
            assertThat(summary.failed()).isEqualTo(3);
            assertThat(summary.lines("pages", 1.0))
                    .contains("       2  bad_document, the first at a.csv, row 2: no good: 2")
                    .anyMatch(line -> line.contains("1  unreadable, the first at a.csv, row 4: no field id"));
        }
    }

    @Test
    void progressEndsAtTheWhole() throws Exception {
        Path file = records();
        var bytes = new AtomicLong();
        var count = new AtomicLong();
        try (var server = new BulkServer(id -> 201)) {
            new Loader(server.client(), "pages", 64, 2, (more, records) -> {
                        bytes.addAndGet(more);
                        count.addAndGet(records);
                    })
                    .load(new Inputs(null).of(List.of(file)));
        }
        assertThat(bytes).hasValue(Files.size(file));
        assertThat(count).hasValue(RECORDS);
    }

    private static LoadSummary load(BulkServer server, Path file) throws Exception {
        return new Loader(server.client(), "pages", 64, 3, LoadProgress.SILENT)
                .load(new Inputs(null).of(List.of(file)));
    }

    private Path records() throws Exception {
        var lines = new StringBuilder();
        for (int i = 0; i < RECORDS; i++) {
            lines.append("{\"n\":").append(i).append("}\n");
        }
        return Files.writeString(directory.resolve("a.jsonl"), lines);
    }
}
