package io.elpis.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessStatTest {

    private static final String STAT =
            "%d (%s) %s 1 4194 4194 0 -1 4194560 16405 0 12 0 %s 20 0 38 0 123456 5000 700\n";

    @Test
    void childrenThatEndedAreCounted() {
        ProcessStat stat = ProcessStat.parse(STAT.formatted(4194, "java", "S", "150 25 1000 3"));
        assertThat(stat).isEqualTo(new ProcessStat(false, "123456", Duration.ofMillis(11_780)));
    }

    @Test
    void nameMayHoldBlanksAndParentheses() {
        ProcessStat stat = ProcessStat.parse(STAT.formatted(7, "a) S (b", "Z", "1 0 0 0"));
        assertThat(stat).isEqualTo(new ProcessStat(true, "123456", Duration.ofMillis(10)));
    }

    @Test
    void thisProcessHasTakenTime() throws IOException {
        ProcessStat stat = ProcessStat.of(ProcessHandle.current().pid());
        assertThat(stat.zombie()).isFalse();
        assertThat(stat.cpu()).isPositive();
        assertThat(new ProcessTree(ProcessHandle.current()).cpuTime()).isGreaterThanOrEqualTo(stat.cpu());
    }
}
