package io.elpis.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProcessMarkTest {

    @Test
    void markLeadsBackToItsProcess() {
        ProcessMark mark = ProcessMark.of(ProcessHandle.current()).orElseThrow();
        assertThat(mark.process()).contains(ProcessHandle.current());
        assertThat(ProcessMark.of(ProcessHandle.current())).contains(mark);
    }

    @Test
    void anotherProcessWithTheSameNumberIsNotTaken() {
        ProcessMark mine = ProcessMark.of(ProcessHandle.current()).orElseThrow();
        assertThat(new ProcessMark(mine.pid(), "12345@an earlier boot").process())
                .isEmpty();
    }

    @Test
    void endedProcessIsGone() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("/bin/sh", "-c", "read line").start();
        ProcessMark mark = ProcessMark.of(process.toHandle()).orElseThrow();
        assertThat(mark.process()).isPresent();
        process.outputWriter().close();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(mark.process()).isEmpty();
    }
}
