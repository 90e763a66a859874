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

    @Test
    void whatIsAdvertisedElsewhereListensWhereItDidAndIsFoundThere() {
        PlatformPlan proxied = plan.withAdvertised("query-1.grpc", 1001)
                .withAdvertised("index-1", 1002)
                .withAdvertised("kafka-2", 1003)
                .withAdvertised("kafka-3.controller", 1004)
                .withAdvertised("postgres-1", 1005)
                .withAdvertised("discovery-1", 1006);
        assertThat(of(proxied, "query-1"))
                .containsEntry("spring.grpc.server.port", Integer.toString(plan.port("query-1.grpc")))
                .containsEntry("eureka.instance.metadata-map.grpcPort", "1001")
                .hasEntrySatisfying(
                        "spring.kafka.bootstrap-servers",
                        servers -> assertThat(servers).contains("127.0.0.1:1003"));
        assertThat(of(proxied, "index-1"))
                .containsEntry("server.port", Integer.toString(plan.port("index-1")))
                .containsEntry("eureka.instance.non-secure-port", "1002")
                .containsEntry("spring.datasource.url", "jdbc:postgresql://127.0.0.1:1005/elpis_catalog")
                .hasEntrySatisfying(
                        "eureka.client.service-url.defaultZone",
                        url -> assertThat(url).endsWith("@127.0.0.1:1006/eureka/"));
        assertThat(of(proxied, "kafka-2"))
                .containsEntry(
                        "kafka.advertised-ports", "%d,1003,%d".formatted(plan.port("kafka-1"), plan.port("kafka-3")))
                .containsEntry(
                        "kafka.advertised-controller-ports",
                        "%d,%d,1004".formatted(plan.port("kafka-1.controller"), plan.port("kafka-2.controller")));
        assertThat(proxied.withoutAdvertised()).isEqualTo(plan);
    }

    private Map<String, String> of(String name) {
        return of(plan, name);
    }

    private Map<String, String> of(PlatformPlan plan, String name) {
        return new InstanceSettings(home, plan, secrets, directory.resolve("postgres")).of(fleet.instance(name));
    }
}
