package io.elpis.query.node;

import io.elpis.query.catalog.CatalogFile;
import io.elpis.query.catalog.NodeCatalog;
import io.elpis.query.log.KafkaClients;
import io.elpis.query.log.KafkaDeadLetters;
import io.elpis.query.log.KafkaLogSource;
import io.elpis.query.log.TopicTable;
import io.elpis.query.placement.NodeCopies;
import io.elpis.query.placement.PlacementReader;
import io.elpis.query.replica.CopySettings;
import io.elpis.query.replica.CopyStorage;
import io.elpis.query.replica.HostedCopy;
import io.elpis.query.replica.HostingSettings;
import io.elpis.query.replica.LogSchemas;
import io.elpis.query.replica.Workers;
import io.elpis.query.scan.NodeScan;
import io.elpis.query.scan.Scans;
import io.elpis.query.search.Leases;
import io.elpis.query.search.NodeFetch;
import io.elpis.query.search.NodeSearch;
import io.elpis.query.search.SearchPool;
import io.grpc.netty.NettyServerBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.grpc.server.ServerBuilderCustomizer;

/** Puts the node together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QueryProperties.class)
class NodeConfiguration {
    /** Larger than any page of hits the gateway lets through. */
    private static final int LARGEST_MESSAGE = 64 << 20;

    /** Documents whose places a scan remembers: some megabytes. */
    private static final int SCAN_WINDOW = 50_000;

    /** Bytes of sources in one answer to a scan. */
    private static final int SCAN_ANSWER = 8 << 20;

    @Bean
    NodeIdentity nodeIdentity(@Value("${elpis.instance}") String instance, @Value("${elpis.zone}") String zone) {
        return new NodeIdentity(instance, zone, new SecureRandom().nextLong());
    }

    @Bean
    KafkaClients kafkaClients(
            NodeIdentity identity, @Value("${spring.kafka.bootstrap-servers}") String bootstrapServers) {
        return new KafkaClients(Map.of("bootstrap.servers", bootstrapServers), identity.name());
    }

    // NodeLifecycle closes these in their order. None is AutoCloseable: a context that was processed ahead of time
    // closes what is, whatever its annotation says.

    @Bean(destroyMethod = "")
    Workers workers(QueryProperties properties) {
        return Workers.start(properties.applierThreads());
    }

    @Bean(destroyMethod = "")
    KafkaLogSource logSource(KafkaClients clients, QueryProperties properties, NodeIdentity identity) {
        return new KafkaLogSource(clients, properties.consumers(), identity.incarnation());
    }

    @Bean(destroyMethod = "")
    KafkaDeadLetters deadLetters(KafkaClients clients, MeterRegistry registry) {
        return new KafkaDeadLetters(clients, registry.counter("elpis.dead.letters")::increment);
    }

    @Bean(destroyMethod = "")
    SearchPool searchPool(QueryProperties properties) {
        return new SearchPool(properties.searchThreadCount(), properties.searchQueue());
    }

    @Bean(destroyMethod = "")
    Leases leases(QueryProperties properties, NodeIdentity identity) {
        return new Leases(properties.leases(), properties.leaseLife(), System::nanoTime, identity.incarnation());
    }

    @Bean(destroyMethod = "")
    Scans scans(QueryProperties properties, NodeIdentity identity) {
        return new Scans(properties.scans(), properties.scanLife(), System::nanoTime, identity.incarnation());
    }

    @Bean(destroyMethod = "")
    NodeCopies nodeCopies(
            Workers workers,
            KafkaLogSource source,
            QueryProperties properties,
            StateChanges changes,
            KafkaDeadLetters letters,
            @Value("${elpis.data-dir}") Path data) {
        CopySettings copySettings = new CopySettings(
                properties.ramBuffer().toBytes(), properties.ramBuffer().toBytes());
        HostingSettings hosting = new HostingSettings(
                properties.inbox().toBytes(),
                properties.servingLag(),
                properties.commitInterval(),
                properties.commitSize().toBytes(),
                properties.idleAfter(),
                HostingSettings.DEFAULT.retry(),
                HostingSettings.DEFAULT.reopen(),
                HostingSettings.DEFAULT.longestReopen());
        LogSchemas schemas = new LogSchemas();
        return new NodeCopies(
                data.resolve("copies"),
                Runtime.getRuntime().maxMemory() / 4,
                (plan, directory) -> new HostedCopy(
                        plan,
                        new CopyStorage(directory, copySettings, schemas, letters),
                        hosting,
                        workers,
                        source,
                        changes));
    }

    @Bean
    StateChanges stateChanges() {
        return new StateChanges();
    }

    @Bean
    NodeCatalog nodeCatalog(NodeCopies copies, @Value("${elpis.data-dir}") Path data) {
        return new NodeCatalog(new CatalogFile(data), copies::refreshEvery);
    }

    @Bean
    PlacementReader placementReader(NodeIdentity identity, NodeCopies copies) {
        return new PlacementReader(identity.name(), copies);
    }

    @Bean(destroyMethod = "")
    TopicTable topicTable(KafkaClients clients, PlacementReader placement, NodeCatalog catalog) {
        return new TopicTable(clients, Map.of(PlacementReader.TOPIC, placement, NodeCatalog.TOPIC, catalog));
    }

    @Bean
    NodeStates nodeStates(
            NodeIdentity identity,
            NodeCopies copies,
            NodeCatalog catalog,
            SearchPool pool,
            @Value("${elpis.data-dir}") Path data) {
        return new NodeStates(
                identity, copies, catalog, pool, () -> data.toFile().getUsableSpace());
    }

    @Bean
    StateStream stateStream(NodeStates states, Workers workers, StateChanges changes) {
        StateStream stream = new StateStream(states::now, workers.timer());
        changes.tell(stream::changed);
        return stream;
    }

    @Bean
    NodeMetrics nodeMetrics(MeterRegistry registry, NodeCopies copies, SearchPool pool) {
        return new NodeMetrics(registry, copies, pool);
    }

    @Bean
    QueryNodeService queryNodeService(
            NodeCopies copies,
            NodeCatalog catalog,
            SearchPool pool,
            Leases leases,
            Scans scans,
            NodeStates states,
            StateStream stream,
            NodeMetrics metrics,
            QueryProperties properties) {
        return new QueryNodeService(
                copies,
                new Freshness(copies::find),
                catalog,
                new NodeSearch(copies::find, leases, properties.answerLimit().toBytes()),
                new NodeFetch(leases, properties.answerLimit().toBytes()),
                new NodeScan(scans, SCAN_WINDOW, SCAN_ANSWER),
                pool,
                states,
                stream,
                metrics);
    }

    @Bean
    NodeLifecycle nodeLifecycle(
            NodeCopies copies,
            NodeCatalog catalog,
            Workers workers,
            KafkaLogSource source,
            TopicTable tables,
            SearchPool pool,
            Leases leases,
            Scans scans,
            StateStream states,
            KafkaDeadLetters letters,
            QueryProperties properties) {
        return new NodeLifecycle(
                copies, catalog, workers, source, tables, pool, leases, scans, states, letters, properties.heartbeat());
    }

    /** Named after what it looks at: part of readiness. */
    @Bean
    CopiesHealth copies(PlacementReader placement, NodeCopies copies) {
        return new CopiesHealth(placement, copies);
    }

    /** Handlers leave the transport's threads by themselves where they have work to do. */
    @Bean
    ServerBuilderCustomizer<NettyServerBuilder> directCalls() {
        return builder -> builder.directExecutor().maxInboundMessageSize(LARGEST_MESSAGE);
    }
}
