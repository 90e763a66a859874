package io.elpis.local.kafka;

import io.elpis.local.InstanceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What one broker of a local platform is told.
 *
 * @param nodeId 1-based number of this broker
 * @param ports the brokers' listener ports, in order of node id
 * @param controllerPorts the controllers' listener ports, in order of node id: the first brokers, three at most
 * @param advertised the ports at which others reach the brokers
 * @param advertisedControllers the ports at which others reach the controllers
 */
record BrokerSettings(
        int nodeId,
        List<Integer> ports,
        List<Integer> controllerPorts,
        List<Integer> advertised,
        List<Integer> advertisedControllers,
        String clusterId,
        Path directory) {

    private static final String HOST = "127.0.0.1";

    BrokerSettings {
        ports = List.copyOf(ports);
        controllerPorts = List.copyOf(controllerPorts);
        advertised = List.copyOf(advertised);
        advertisedControllers = List.copyOf(advertisedControllers);
        if (nodeId < 1 || nodeId > ports.size()) {
            throw new IllegalArgumentException("node id " + nodeId + " of " + ports.size() + " brokers");
        }
        if (controllerPorts.isEmpty() || controllerPorts.size() > ports.size()) {
            throw new IllegalArgumentException(controllerPorts.size() + " controllers of " + ports.size() + " brokers");
        }
        if (advertised.size() != ports.size() || advertisedControllers.size() != controllerPorts.size()) {
            throw new IllegalArgumentException("as many ports have to be advertised as are listened on");
        }
    }

    static BrokerSettings of(InstanceFile file) {
        return new BrokerSettings(
                file.number("kafka.node-id"),
                ports(file.text("kafka.ports")),
                ports(file.text("kafka.controller-ports")),
                ports(file.text("kafka.advertised-ports", file.text("kafka.ports"))),
                ports(file.text("kafka.advertised-controller-ports", file.text("kafka.controller-ports"))),
                file.text("kafka.cluster-id"),
                file.directory("elpis.data-dir"));
    }

    private static List<Integer> ports(String list) {
        return List.of(list.split(",")).stream()
                .map(String::strip)
                .map(Integer::valueOf)
                .toList();
    }

    boolean controller() {
        return nodeId <= controllerPorts.size();
    }

    Path metaProperties() {
        return logDirectory().resolve("meta.properties");
    }

    private Path logDirectory() {
        return directory.resolve("log");
    }

    /** The broker's own configuration. Voters are static, so that a port may change from one start to the next. */
    Properties toKafka() {
        int copies = Math.min(3, ports.size());
        int inSync = copies == 3 ? 2 : 1;
        var kafka = new Properties();
        kafka.putAll(identity());
        kafka.putAll(internalTopics(copies, inSync));
        kafka.putAll(durability(copies, inSync));
        kafka.putAll(parting());
        kafka.putAll(laptopSizes());
        return kafka;
    }

    private Properties identity() {
        var kafka = new Properties();
        String broker = "PLAINTEXT://" + HOST + ":" + ports.get(nodeId - 1);
        kafka.setProperty("node.id", Integer.toString(nodeId));
        kafka.setProperty("process.roles", controller() ? "broker,controller" : "broker");
        kafka.setProperty(
                "listeners",
                controller() ? broker + ",CONTROLLER://" + HOST + ":" + controllerPorts.get(nodeId - 1) : broker);
        kafka.setProperty("advertised.listeners", "PLAINTEXT://" + HOST + ":" + advertised.get(nodeId - 1));
        kafka.setProperty("controller.listener.names", "CONTROLLER");
        kafka.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        kafka.setProperty(
                "controller.quorum.voters",
                IntStream.rangeClosed(1, controllerPorts.size())
                        .mapToObj(id -> id + "@" + HOST + ":" + advertisedControllers.get(id - 1))
                        .collect(Collectors.joining(",")));
        kafka.setProperty("log.dirs", logDirectory().toString());
        return kafka;
    }

    private static Properties internalTopics(int copies, int inSync) {
        var kafka = new Properties();
        for (String topic : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            kafka.setProperty(topic + ".replication.factor", Integer.toString(copies));
            kafka.setProperty(topic + ".num.partitions", "4");
        }
        kafka.setProperty("transaction.state.log.min.isr", Integer.toString(inSync));
        kafka.setProperty("share.coordinator.state.topic.min.isr", Integer.toString(inSync));
        return kafka;
    }

    /** Nothing acknowledged is lost: no unclean leaders, no retention, no topic that nobody asked for. */
    private static Properties durability(int copies, int inSync) {
        var kafka = new Properties();
        kafka.setProperty("default.replication.factor", Integer.toString(copies));
        kafka.setProperty("min.insync.replicas", Integer.toString(inSync));
        kafka.setProperty("unclean.leader.election.enable", "false");
        kafka.setProperty("auto.create.topics.enable", "false");
        kafka.setProperty("log.retention.ms", "-1");
        kafka.setProperty("log.retention.bytes", "-1");
        return kafka;
    }

    /** Few threads and small buffers. */
    private static Properties laptopSizes() {
        var kafka = new Properties();
        kafka.setProperty("num.network.threads", "2");
        kafka.setProperty("num.io.threads", "4");
        kafka.setProperty("background.threads", "4");
        kafka.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20));
        kafka.setProperty("message.max.bytes", Integer.toString(16 << 20));
        kafka.setProperty("group.initial.rebalance.delay.ms", "0");
        return kafka;
    }

    /**
     * How soon the others go on without a broker that is dead, stands still or falls behind. Writes wait that long, so it
     * must be well below the time after which a producer gives up; a loaded machine's hiccups must be shorter.
     */
    private static Properties parting() {
        var kafka = new Properties();
        kafka.setProperty("broker.heartbeat.interval.ms", "1000");
        kafka.setProperty("broker.session.timeout.ms", "6000");
        kafka.setProperty("replica.lag.time.max.ms", "10000");
        return kafka;
    }
}
