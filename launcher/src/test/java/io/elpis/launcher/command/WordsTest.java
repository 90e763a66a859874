package io.elpis.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.launcher.platform.PlatformHome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordsTest {

    @TempDir
    Path directory;

    @Test
    void whatDiedIsStartedAgainAndNothingElse() {
        assertThat(Words.afterDeath(new PlatformHome(directory), List.of("postgres-1", "kafka-1")))
                .startsWith("nothing runs any more of what was started here: postgres-1, kafka-1 died")
                .contains("; ./elpis start postgres-1 kafka-1 --data ")
                .endsWith(" starts them again");
    }
}
