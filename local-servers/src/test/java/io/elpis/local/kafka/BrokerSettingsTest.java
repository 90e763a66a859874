package io.elpis.local.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class BrokerSettingsTest {

    @Test
    void oneBrokerKeepsOneCopyOfEverything() {
        Properties kafka = settings(1, List.of(9001), List.of(9002)).toKafka();
        assertThat(kafka)
                .containsEntry("process.roles", "broker,controller")
                .containsEntry("controller.quorum.voters", "1@127.0.0.1:9002")
                .containsEntry("listeners", "PLAINTEXT://127.0.0.1:9001,CONTROLLER://127.0.0.1:9002")
                .containsEntry("offsets.topic.replication.factor", "1")
                .containsEntry("transaction.state.log.min.isr", "1");
    }

    @Test
    void threeBrokersNeedTwoInSync() {
        Properties kafka = settings(2, List.of(1, 2, 3), List.of(4, 5, 6)).toKafka();
        assertThat(kafka)
                .containsEntry("controller.quorum.voters", "1@127.0.0.1:4,2@127.0.0.1:5,3@127.0.0.1:6")
                .containsEntry("transaction.state.log.replication.factor", "3")
                .containsEntry("transaction.state.log.min.isr", "2")
                .containsEntry("offsets.topic.replication.factor", "3")
                .containsEntry("default.replication.factor", "3")
                .containsEntry("min.insync.replicas", "2");
    }

    /** Of the 20 s for which a producer tries. */
    @Test
    void aBrokerIsGivenUpLongBeforeAWriteIs() {
        Properties kafka = settings(1, List.of(1, 2, 3), List.of(4, 5, 6)).toKafka();
        for (String limit : List.of("broker.session.timeout.ms", "replica.lag.time.max.ms")) {
            assertThat(Integer.parseInt(kafka.getProperty(limit))).as(limit).isLessThanOrEqualTo(10_000);
        }
    }

    @Test
    void brokersBeyondTheQuorumAreNoControllers() {
        Properties kafka = settings(4, List.of(1, 2, 3, 4), List.of(5, 6, 7)).toKafka();
        assertThat(kafka)
                .containsEntry("process.roles", "broker")
                .containsEntry("listeners", "PLAINTEXT://127.0.0.1:4");
    }

    @Test
    void othersAreToldTheAdvertisedPorts() {
        Properties kafka = new BrokerSettings(
                        2,
                        List.of(1, 2),
                        List.of(3),
                        List.of(11, 12),
                        List.of(13),
                        "MkU3OEVBNTcwNTJENDM2Qg",
                        Path.of("/data/kafka"))
                .toKafka();
        assertThat(kafka)
                .containsEntry("listeners", "PLAINTEXT://127.0.0.1:2")
                .containsEntry("advertised.listeners", "PLAINTEXT://127.0.0.1:12")
                .containsEntry("controller.quorum.voters", "1@127.0.0.1:13");
    }

    @Test
    void nothingIsForgottenOrMadeUnasked() {
        assertThat(settings(1, List.of(1), List.of(2)).toKafka())
                .containsEntry("log.retention.ms", "-1")
                .containsEntry("log.retention.bytes", "-1")
                .containsEntry("auto.create.topics.enable", "false")
                .containsEntry("unclean.leader.election.enable", "false");
    }

    @Test
    void nodeIdBeyondTheBrokersIsRefused() {
        assertThatThrownBy(() -> settings(2, List.of(1), List.of(2))).hasMessage("node id 2 of 1 brokers");
    }

    private static BrokerSettings settings(int nodeId, List<Integer> ports, List<Integer> controllers) {
        return new BrokerSettings(
                nodeId, ports, controllers, ports, controllers, "MkU3OEVBNTcwNTJENDM2Qg", Path.of("/data/kafka"));
    }
}
