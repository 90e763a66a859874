package io.elpis.launcher.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformPlanTest {

    @TempDir
    Path directory;

    @Test
    void planSurvivesTheWayToTheDiskAndBack() throws IOException {
        PlatformPlan plan = PlatformPlan.fresh(PlatformShape.DEFAULT).withPort("query-1", 20_001);
        plan.store(home());
        assertThat(PlatformPlan.load(home())).isEqualTo(plan);
    }

    @Test
    void clusterIdIsOneThatKafkaTakes() {
        for (int i = 0; i < 100; i++) {
            assertThat(PlatformPlan.fresh(PlatformShape.DEFAULT).clusterId()).matches("[A-Za-z0-9_][A-Za-z0-9_]{21}");
        }
    }

    @Test
    void missingPlatformIsToldWithWhatToDo() {
        assertThatThrownBy(() -> PlatformPlan.load(home())).hasMessageContaining("./elpis up -d");
    }

    @Test
    void damagedPlanIsNamed() throws IOException {
        Files.writeString(home().planFile(), "{\"shape\":");
        assertThatThrownBy(() -> PlatformPlan.load(home())).hasMessageContaining("platform.json is damaged");
    }

    @Test
    void shapeOutsideItsBoundsIsRefused() {
        assertThatThrownBy(() -> new PlatformShape(0, 2, 1, 1, "127.0.0.1", 8080))
                .hasMessage("--nodes must be 1 to 64");
        assertThatThrownBy(() -> new PlatformShape(1, 2, 1, 1, "127.0.0.1", 70_000))
                .hasMessage("--port must be 1 to 65535");
    }

    @Test
    void zonesGoRoundRobin() {
        var shape = new PlatformShape(3, 2, 1, 1, "127.0.0.1", 8080);
        assertThat(shape.zone(1)).isEqualTo("zone-a");
        assertThat(shape.zone(2)).isEqualTo("zone-b");
        assertThat(shape.zone(3)).isEqualTo("zone-a");
    }

    private PlatformHome home() {
        return new PlatformHome(directory);
    }
}
