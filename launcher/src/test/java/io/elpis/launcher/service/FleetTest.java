package io.elpis.launcher.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.launcher.platform.PlatformShape;
import org.junit.jupiter.api.Test;

class FleetTest {

    @Test
    void smallestPlatformHasOneOfEach() {
        Fleet fleet = Fleet.of(new PlatformShape(1, 1, 1, 1, "127.0.0.1", 8080));
        assertThat(fleet.instances())
                .extracting(Instance::name)
                .containsExactly(
                        "discovery-1",
                        "kafka-1",
                        "postgres-1",
                        "auth-1",
                        "index-1",
                        "query-1",
                        "aggregator-1",
                        "gateway-1");
    }

    @Test
    void nodesAreSpreadOverZones() {
        Fleet fleet = Fleet.of(new PlatformShape(4, 3, 1, 1, "127.0.0.1", 8080));
        assertThat(fleet.of(ServiceKind.QUERY))
                .extracting(Instance::zone)
                .containsExactly("zone-a", "zone-b", "zone-c", "zone-a");
    }

    @Test
    void quorumHasThreeVotersAtMost() {
        assertThat(Fleet.of(new PlatformShape(1, 1, 5, 1, "127.0.0.1", 8080)).controllers())
                .hasSize(3);
    }

    @Test
    void namesMeanServicesOrInstances() {
        Fleet fleet = Fleet.of(PlatformShape.DEFAULT);
        assertThat(fleet.matching("query")).hasSize(3);
        assertThat(fleet.matching("query-service")).hasSize(3);
        assertThat(fleet.matching("query-2")).extracting(Instance::name).containsExactly("query-2");
        assertThatThrownBy(() -> fleet.matching("query-4")).hasMessageContaining("there are discovery-1, kafka-1");
    }

    @Test
    void needsNameKinds() {
        for (ServiceKind kind : ServiceKind.values()) {
            assertThat(kind.needs())
                    .allSatisfy(need -> assertThat(ServiceKind.named(need)).isPresent());
        }
    }
}
