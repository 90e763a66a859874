package io.elpis.launcher.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.launcher.platform.FreePorts;
import io.elpis.launcher.platform.PlatformHome;
import io.elpis.launcher.platform.PlatformPlan;
import io.elpis.launcher.platform.PlatformShape;
import io.elpis.launcher.platform.Secrets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceSettingsTest {

    @TempDir
    Path directory;

    private final PlatformShape shape = new PlatformShape(3, 2, 3, 1, "0.0.0.0", 9_999);
    private final Fleet fleet = Fleet.of(shape);
    private final PlatformPlan plan =
            new PortChoice(new FreePorts(new Random(3))).choose(PlatformPlan.fresh(shape), fleet.instances());
    private PlatformHome home;
    private Secrets secrets;

    @BeforeEach
    void makeHome() throws IOException {
        home = new PlatformHome(directory);
        home.create();
        secrets = Secrets.of(home);
    }

    @Test
    void queryNodeKnowsItsNameZonePortsAndBrokers() {
        assertThat(of("query-2"))
                .containsEntry("elpis.instance", "query-2")
                .containsEntry("elpis.zone", "zone-b")
                .containsEntry("server.address", "127.0.0.1")
                .containsEntry("spring.grpc.server.port", Integer.toString(plan.port("query-2.grpc")))
                .containsEntry(
                        "spring.kafka.bootstrap-servers",
                        "127.0.0.1:%d,127.0.0.1:%d,127.0.0.1:%d"
                                .formatted(plan.port("kafka-1"), plan.port("kafka-2"), plan.port("kafka-3")))
                .containsEntry("elpis.log.replication-factor", "3")
                .containsEntry("elpis.log.min-insync-replicas", "2")
                .containsEntry("elpis.identity.client-secret", secrets.clientSecret("query-service"));
    }

    @Test
    void onlyTheGatewayListensWhereThePublicIs() {
        assertThat(of("gateway-1")).containsEntry("server.port", "9999").containsEntry("server.address", "0.0.0.0");
        assertThat(fleet.instances())
                .filteredOn(instance -> instance.kind() != ServiceKind.GATEWAY)
                .allSatisfy(instance -> assertThat(of(instance.name()).getOrDefault("server.address", "127.0.0.1"))
                        .isEqualTo("127.0.0.1"));
    }

    @Test
    void authServiceKnowsEveryClientAndNobodyElseDoes() {
        assertThat(of("auth-1"))
                .containsEntry("elpis.auth.clients.gateway", secrets.clientSecret("gateway"))
                .containsEntry("elpis.auth.clients.aggregator-service", secrets.clientSecret("aggregator-service"))
                .containsEntry("elpis.auth.admin-password", secrets.adminPassword());
        assertThat(of("index-1")).doesNotContainKey("elpis.auth.admin-password");
        assertThat(of("discovery-1")).doesNotContainKey("elpis.identity.client-secret");
    }

    @Test
    void registryPasswordStandsInTheRegistryAndItsAddress() {
        String password = secrets.registryPassword();
        assertThat(of("discovery-1")).containsEntry("spring.security.user.password", password);
        assertThat(of("gateway-1"))
                .containsEntry(
                        "eureka.client.service-url.defaultZone",
                        "http://elpis:" + password + "@127.0.0.1:" + plan.port("discovery-1") + "/eureka/");
    }

    @Test
    void brokersKnowOneAnother() {
        assertThat(of("kafka-2"))
                .containsEntry("kafka.node-id", "2")
                .containsEntry(
                        "kafka.ports",
                        "%d,%d,%d".formatted(plan.port("kafka-1"), plan.port("kafka-2"), plan.port("kafka-3")));
    }

    private Map<String, String> of(String name) {
        return new InstanceSettings(home, plan, secrets, directory.resolve("postgres")).of(fleet.instance(name));
    }
}
