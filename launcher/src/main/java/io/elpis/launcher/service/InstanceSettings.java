package io.elpis.launcher.service;

import io.elpis.launcher.platform.PlatformHome;
import io.elpis.launcher.platform.PlatformPlan;
import io.elpis.launcher.platform.Secrets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The settings that one instance is started with. */
public final class InstanceSettings {

    private static final String LOOPBACK = "127.0.0.1";
    private static final String DATABASE_USER = "elpis";

    private final PlatformHome home;
    private final PlatformPlan plan;
    private final Secrets secrets;
    private final Path postgresBinaries;
    private final Fleet fleet;

    public InstanceSettings(PlatformHome home, PlatformPlan plan, Secrets secrets, Path postgresBinaries) {
        this.home = home;
        this.plan = plan;
        this.secrets = secrets;
        this.postgresBinaries = postgresBinaries;
        this.fleet = Fleet.of(plan.shape());
    }

    public Map<String, String> of(Instance instance) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("elpis.instance", instance.name());
        settings.put("elpis.zone", instance.zone());
        settings.put("elpis.data-dir", home.data(instance.name()).toString());
        switch (instance.kind().role()) {
            case KAFKA -> broker(settings, instance);
            case POSTGRES -> database(settings, instance);
            case SPRING -> service(settings, instance);
        }
        return settings;
    }

    /** The port at which an instance answers: the public one for the gateway. */
    public static int port(PlatformPlan plan, Instance instance) {
        return instance.kind() == ServiceKind.GATEWAY ? plan.shape().port() : plan.port(instance.port());
    }

    private void broker(Map<String, String> settings, Instance instance) {
        settings.put("kafka.node-id", Integer.toString(instance.number()));
        settings.put("kafka.cluster-id", plan.clusterId());
        settings.put(
                "kafka.ports",
                ports(fleet.of(ServiceKind.KAFKA).stream().map(Instance::port).toList()));
        settings.put(
                "kafka.controller-ports",
                ports(fleet.controllers().stream().map(Instance::controllerPort).toList()));
        settings.put(
                "kafka.advertised-ports",
                advertised(
                        fleet.of(ServiceKind.KAFKA).stream().map(Instance::port).toList()));
        settings.put(
                "kafka.advertised-controller-ports",
                advertised(fleet.controllers().stream()
                        .map(Instance::controllerPort)
                        .toList()));
    }

    private String ports(List<String> purposes) {
        return purposes.stream()
                .map(purpose -> Integer.toString(plan.port(purpose)))
                .collect(Collectors.joining(","));
    }

    private String advertised(List<String> purposes) {
        return purposes.stream()
                .map(purpose -> Integer.toString(plan.advertised(purpose)))
                .collect(Collectors.joining(","));
    }

    private void database(Map<String, String> settings, Instance instance) {
        settings.put("elpis.log-file", home.log(instance.name()).toString());
        settings.put("postgres.port", Integer.toString(plan.port(instance.port())));
        settings.put("postgres.binaries-dir", postgresBinaries.toString());
        settings.put("postgres.user", DATABASE_USER);
        settings.put("postgres.password", secrets.databasePassword());
        settings.put("postgres.admin-password", secrets.databaseAdminPassword());
        settings.put("postgres.databases", "elpis_catalog,elpis_auth");
    }

    private void service(Map<String, String> settings, Instance instance) {
        settings.put("server.port", Integer.toString(port(plan, instance)));
        settings.put(
                "server.address",
                instance.kind() == ServiceKind.GATEWAY ? plan.shape().host() : LOOPBACK);
        if (instance.kind() != ServiceKind.GATEWAY) {
            settings.put("eureka.instance.non-secure-port", Integer.toString(plan.advertised(instance.port())));
        }
        logging(settings, instance);
        registry(settings, instance);
        if (instance.kind().hasClient()) {
            settings.put(
                    "elpis.identity.client-secret",
                    secrets.clientSecret(instance.kind().module()));
        }
        switch (instance.kind()) {
            case AUTH -> {
                dataSource(settings, "elpis_auth");
                accounts(settings);
            }
            case INDEX -> {
                dataSource(settings, "elpis_catalog");
                log(settings);
            }
            case QUERY -> {
                settings.put("spring.grpc.server.port", Integer.toString(plan.port(instance.grpcPort())));
                settings.put("spring.grpc.server.address", LOOPBACK);
                settings.put(
                        "eureka.instance.metadata-map.grpcPort",
                        Integer.toString(plan.advertised(instance.grpcPort())));
                log(settings);
            }
            case DISCOVERY, KAFKA, POSTGRES, AGGREGATOR, GATEWAY -> {}
        }
    }

    private void logging(Map<String, String> settings, Instance instance) {
        settings.put("logging.file.name", home.log(instance.name()).toString());
        settings.put("logging.threshold.console", "off");
        settings.put("logging.logback.rollingpolicy.max-file-size", "10MB");
        settings.put("logging.logback.rollingpolicy.max-history", "2");
        settings.put("logging.logback.rollingpolicy.total-size-cap", "30MB");
    }

    private void registry(Map<String, String> settings, Instance instance) {
        if (instance.kind() == ServiceKind.DISCOVERY) {
            settings.put("spring.security.user.name", "elpis");
            settings.put("spring.security.user.password", secrets.registryPassword());
        }
        settings.put(
                "eureka.client.service-url.defaultZone",
                "http://elpis:" + secrets.registryPassword() + "@" + LOOPBACK + ":"
                        + plan.advertised(fleet.first(ServiceKind.DISCOVERY).port()) + "/eureka/");
    }

    private void dataSource(Map<String, String> settings, String database) {
        int port = plan.advertised(fleet.first(ServiceKind.POSTGRES).port());
        settings.put("spring.datasource.url", "jdbc:postgresql://" + LOOPBACK + ":" + port + "/" + database);
        settings.put("spring.datasource.username", DATABASE_USER);
        settings.put("spring.datasource.password", secrets.databasePassword());
    }

    private void accounts(Map<String, String> settings) {
        settings.put("elpis.auth.admin-password", secrets.adminPassword());
        Arrays.stream(ServiceKind.values())
                .filter(ServiceKind::hasClient)
                .map(ServiceKind::module)
                .forEach(name -> settings.put("elpis.auth.clients." + name, secrets.clientSecret(name)));
    }

    private void log(Map<String, String> settings) {
        settings.put(
                "spring.kafka.bootstrap-servers",
                fleet.of(ServiceKind.KAFKA).stream()
                        .map(broker -> LOOPBACK + ":" + plan.advertised(broker.port()))
                        .collect(Collectors.joining(",")));
        int copies = Math.min(3, plan.shape().brokers());
        settings.put("elpis.log.replication-factor", Integer.toString(copies));
        settings.put("elpis.log.min-insync-replicas", copies == 3 ? "2" : "1");
    }
}
