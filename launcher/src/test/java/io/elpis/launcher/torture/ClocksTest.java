package io.elpis.launcher.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.launcher.platform.PlatformHome;
import io.elpis.launcher.platform.PlatformShape;
import io.elpis.launcher.service.Fleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClocksTest {

    private static final Fleet FLEET = Fleet.of(PlatformShape.DEFAULT);

    @TempDir
    Path directory;

    @Test
    void servicesThatDecideHaveClocksOfTheirOwnAndOthersHaveNot() throws IOException {
        PlatformHome home = new PlatformHome(directory);
        home.create();
        Clocks clocks = Clocks.make(home, FLEET, Path.of("/lib/faketime.so"), 1);
        assertThat(Files.readString(home.environment("query-1")))
                .contains(
                        "LD_PRELOAD=/lib/faketime.so\n",
                        "FAKETIME_DONT_FAKE_MONOTONIC=1\n",
                        "FAKETIME_FORCE_MONOTONIC_FIX=0\n");
        assertThat(home.environment("gateway-1")).doesNotExist();
        assertThat(home.environment("kafka-1")).doesNotExist();
        long before = seconds("query-2");
        clocks.set(FLEET.instance("query-2"), Duration.ofMinutes(20));
        assertThat(seconds("query-2") - before).isEqualTo(1200);
        clocks.set(FLEET.instance("query-2"), Duration.ZERO);
        assertThat(seconds("query-2")).isEqualTo(before);
        clocks.close();
        assertThat(home.environment("query-1")).doesNotExist();
    }

    @Test
    void offsetsAreWrittenAsTheLibraryReadsThem() {
        assertThat(Clocks.text(Duration.ofMinutes(2))).isEqualTo("+120\n");
        assertThat(Clocks.text(Duration.ofSeconds(-50))).isEqualTo("-50\n");
        assertThat(Clocks.text(Duration.ZERO)).isEqualTo("+0\n");
    }

    private long seconds(String instance) throws IOException {
        return Long.parseLong(
                Files.readString(directory.resolve("clocks").resolve(instance)).strip());
    }
}
