package io.elpis.launcher.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.launcher.cpu.CpuUse;
import io.elpis.launcher.record.Inputs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
            assertThat(summary.lines("pages", 1.0, CpuUse.UNKNOWN))
                    .contains("       2  bad_document, the first at a.csv, row 2: no good: 2")
                    .anyMatch(line -> line.contains("1  unreadable, the first at a.csv, row 4: no field id"));
        }
    }

    @Test
    void failuresOfOneTypeAreToldApartByReason() {
        var summary = new LoadSummary();
        String type = "mapper_parsing_exception";
        String wrongType =
                "failed to parse field [n] of type [long] in document with id '%s'. Preview of field's value: '%s'";
        summary.failed(new Failure("bad.jsonl:2", type, "broken JSON: Unexpected character ('}') at line 1, column 7"));
        summary.failed(new Failure("bad.jsonl:3", type, wrongType.formatted("k3", "many")));
        summary.failed(new Failure("bad.jsonl:4", type, wrongType.formatted("k4", "few")));
        summary.failed(
                new Failure("bad.jsonl:5", type, wrongType.formatted("k5", "x").replace("[n]", "[m]")));
        summary.failed(
                new Failure("bad.jsonl:6", type, "broken JSON: Unexpected character (',') at line 1, column 12"));
        summary.failed(new Failure("bad.jsonl:7", type, "not a JSON object"));
        assertThat(summary.lines("pages", 1.0, CpuUse.UNKNOWN).subList(1, 6))
                .containsExactly(
                        "6 failed:",
                        "       2  mapper_parsing_exception, the first at bad.jsonl:2: broken JSON: Unexpected"
                                + " character ('}') at line 1, column 7",
                        "       2  mapper_parsing_exception, the first at bad.jsonl:3: "
                                + wrongType.formatted("k3", "many"),
                        "       1  mapper_parsing_exception, the first at bad.jsonl:5: "
                                + wrongType.formatted("k5", "x").replace("[n]", "[m]"),
                        "       1  mapper_parsing_exception, the first at bad.jsonl:7: not a JSON object");
    }

    @Test
    void conflictsAreOneReasonWhateverTheirIds() {
        var summary = new LoadSummary();
        for (String id : List.of("a", "b7", "c[")) {
            summary.failed(new Failure(
                    "a:1",
                    "version_conflict_engine_exception",
                    "[" + id + "]: version conflict, document already exists (current version [" + id.length() + "])"));
        }
        assertThat(summary.lines("pages", 1.0, CpuUse.UNKNOWN)).hasSize(3);
    }

    @Test
    void reasonsAreBounded() {
        var summary = new LoadSummary();
        for (char a = 'a'; a <= 'z'; a++) {
            for (char b = 'a'; b <= 'z'; b++) {
                summary.failed(new Failure("a:1", "t", "reason " + a + b));
            }
        }
        assertThat(summary.lines("pages", 1.0, CpuUse.UNKNOWN)).hasSizeBetween(100, 110);
        assertThat(summary.members("pages", 1.0, CpuUse.UNKNOWN)).containsEntry("failed", 676L);
    }

    @Test
    void cpuTimeIsToldWithWhatItBought() throws Exception {
        var cpu = new CpuUse(
                Map.of("gateway", Duration.ofMillis(500), "query-service", Duration.ofMillis(1_500)),
                List.of("query-2"));
        var summary = new LoadSummary();
        summary.loaded(10, 9_000_000);
        assertThat(summary.lines("pages", 3.0, cpu))
                .containsExactly(
                        "10 records (9.0 MB) are in pages after 3.0 s: 3 records/s, 3.0 MB/s.",
                        "That took 2.0 CPU-seconds of the platform's processes (without all that was taken by query-2,"
                                + " which ended): 4.5 MB a CPU-second.");
        assertThat(summary.members("pages", 3.0, cpu))
                .containsEntry("cpu_seconds", 2.0)
                .containsEntry("cpu_seconds_by_service", Map.of("query-service", 1.5, "gateway", 0.5))
                .containsEntry("cpu_unknown_of", List.of("query-2"))
                .containsEntry("megabytes_per_cpu_second", 4.5);
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
