package io.elpis.launcher.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.launcher.platform.FreePorts;
import io.elpis.launcher.platform.PlatformPlan;
import io.elpis.launcher.platform.PlatformShape;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PortChoiceTest {

    private final PortChoice choice = new PortChoice(new FreePorts(new Random(7)));
    private final PlatformPlan fresh = PlatformPlan.fresh(PlatformShape.DEFAULT);
    private final List<Instance> all = Fleet.of(PlatformShape.DEFAULT).instances();

    @Test
    void everyInstanceButTheGatewayGetsPortsOfItsOwn() {
        PlatformPlan plan = choice.choose(fresh, all);
        assertThat(plan.ports())
                .containsKeys("query-1", "query-1.grpc", "kafka-1", "kafka-1.controller", "postgres-1")
                .doesNotContainKey("gateway-1");
        assertThat(plan.ports().values()).doesNotHaveDuplicates().doesNotContain(8080);
    }

    @Test
    void portsAreKept() {
        PlatformPlan plan = choice.choose(fresh, all);
        assertThat(choice.choose(plan, all)).isEqualTo(plan);
    }

    @Test
    void portThatSomebodyTookIsReplacedAlone() throws IOException {
        PlatformPlan plan = choice.choose(fresh, all);
        try (var thief = new ServerSocket(plan.port("query-2"), 1, InetAddress.getLoopbackAddress())) {
            PlatformPlan next = choice.choose(plan, all);
            assertThat(next.port("query-2")).isNotEqualTo(thief.getLocalPort());
            assertThat(next.withPort("query-2", plan.port("query-2"))).isEqualTo(plan);
        }
    }
}
