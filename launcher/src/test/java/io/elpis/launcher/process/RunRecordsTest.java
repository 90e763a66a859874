package io.elpis.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecordsTest {

    @TempDir
    Path directory;

    @Test
    void recordIsFoundUntilItIsForgotten() throws IOException {
        var records = new RunRecords(directory);
        var record = new RunRecord("query-1", ProcessMark.own(), null);
        records.store(record);
        assertThat(new RunRecords(directory).find("query-1")).contains(record);
        assertThat(records.running("query-1")).contains(ProcessHandle.current());
        assertThat(records.instances()).containsExactly("query-1");
        records.forget("query-1");
        assertThat(records.find("query-1")).isEmpty();
        assertThat(records.instances()).isEmpty();
    }

    @Test
    void damagedRecordCountsAsNone() throws IOException {
        Files.writeString(directory.resolve("query-1.json"), "{\"instance\":\"quer");
        assertThat(new RunRecords(directory).find("query-1")).isEmpty();
    }

    @Test
    void recordOfARecycledNumberIsNoRunningProcess() throws IOException {
        var records = new RunRecords(directory);
        records.store(
                new RunRecord("query-1", new ProcessMark(ProcessHandle.current().pid(), "1@another boot"), null));
        assertThat(records.find("query-1")).isPresent();
        assertThat(records.running("query-1")).isEmpty();
    }
}
