package io.elpis.launcher.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.launcher.cpu.CpuReading.Taken;
import io.elpis.launcher.process.ProcessMark;
import io.elpis.launcher.service.Instance;
import io.elpis.launcher.service.ServiceKind;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CpuUseTest {

    private static final Instance GATEWAY = new Instance(ServiceKind.GATEWAY, 1, "zone-a");
    private static final Instance FIRST = new Instance(ServiceKind.QUERY, 1, "zone-a");
    private static final Instance SECOND = new Instance(ServiceKind.QUERY, 2, "zone-b");

    @Test
    void instancesOfAServiceAreAddedUp() {
        CpuUse use = CpuUse.between(
                new CpuReading(Map.of(GATEWAY, taken(1, 900), FIRST, taken(2, 5_000), SECOND, taken(3, 100))),
                new CpuReading(Map.of(GATEWAY, taken(1, 1_400), FIRST, taken(2, 5_700), SECOND, taken(3, 1_200))));
        assertThat(use.secondsByService()).containsExactly(Map.entry("query-service", 1.8), Map.entry("gateway", 0.5));
        assertThat(use.seconds()).isEqualTo(2.3);
        assertThat(use.caveat()).isEmpty();
    }

    @Test
    void processThatTookAnothersPlaceIsCountedFromItsStart() {
        CpuUse use = CpuUse.between(
                new CpuReading(Map.of(FIRST, taken(2, 5_000))), new CpuReading(Map.of(FIRST, taken(7, 300))));
        assertThat(use.seconds()).isEqualTo(0.3);
        assertThat(use.gone()).containsExactly("query-1");
    }

    @Test
    void whatEndedIsNamedAndWhatBeganIsCounted() {
        CpuUse use = CpuUse.between(
                new CpuReading(Map.of(FIRST, taken(2, 5_000))), new CpuReading(Map.of(SECOND, taken(3, 400))));
        assertThat(use.seconds()).isEqualTo(0.4);
        assertThat(use.caveat()).isEqualTo(" (without all that was taken by query-1, which ended)");
    }

    private static Taken taken(long pid, long millis) {
        return new Taken(new ProcessMark(pid, "1@boot"), Duration.ofMillis(millis));
    }
}
