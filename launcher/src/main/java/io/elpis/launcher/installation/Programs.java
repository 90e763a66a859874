package io.elpis.launcher.installation;

import io.elpis.launcher.service.Instance;
import io.elpis.launcher.service.ServiceKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Builds the command line that runs an instance. */
public final class Programs {

    /** The same in training and in use: a cache fits only the garbage collector and headers it was made with. */
    private static final List<String> COMMON_FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:MaxDirectMemorySize=96m",
            "-XX:ReservedCodeCacheSize=96m",
            "-Xss512k",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.net.preferIPv4Stack=true",
            "-Dfile.encoding=UTF-8");

    private final Installation installation;
    private final Applications applications;
    private final AotCaches caches;
    private final boolean training;
    private final Map<String, String> environment;

    /**
     * @param training makes every instance write its kind's cache instead of using it
     * @param environment may hold more flags for a kind, such as {@code ELPIS_QUERY_OPTS}
     */
    public Programs(Installation installation, boolean training, Map<String, String> environment) {
        this.installation = installation;
        this.applications = new Applications(installation);
        this.caches = new AotCaches(installation);
        this.training = training;
        this.environment = Map.copyOf(environment);
    }

    public Path postgresBinaries() {
        return installation.workDirectory().resolve("postgres-" + System.getProperty("os.arch"));
    }

    /** Takes apart the jars that are needed, so that starting does not wait for it. */
    public void prepare(List<ServiceKind> kinds) throws IOException, InterruptedException {
        for (ServiceKind kind : kinds) {
            jar(kind);
        }
    }

    /**
     * @param config the instance's properties file
     * @param log where the instance logs to
     */
    public List<String> command(Instance instance, Path config, Path log) throws IOException, InterruptedException {
        ServiceKind kind = instance.kind();
        Path jar = jar(kind);
        var line = new ArrayList<String>();
        line.add(installation.java().toString());
        line.addAll(COMMON_FLAGS);
        line.addAll(kind.jvmFlags());
        line.add("-XX:ErrorFile=" + log.resolveSibling(instance.name() + ".crash"));
        line.addAll(cacheFlags(kind));
        line.addAll(moreFlags(kind));
        line.addAll(
                switch (kind.role()) {
                    case SPRING ->
                        List.of("-jar", jar.toString(), "--spring.config.additional-location=file:" + config);
                    case KAFKA ->
                        List.of(
                                "-Delpis.log.file=" + log,
                                "-Delpis.log.appender=file",
                                "-cp",
                                jar.toString(),
                                "io.elpis.local.kafka.KafkaServer",
                                config.toString());
                    case POSTGRES ->
                        List.of("-cp", jar.toString(), "io.elpis.local.postgres.PostgresServer", config.toString());
                });
        return line;
    }

    private Path jar(ServiceKind kind) throws IOException, InterruptedException {
        return switch (kind.role()) {
            case SPRING -> applications.extracted(kind.module());
            case KAFKA, POSTGRES -> applications.copied(kind.module());
        };
    }

    /** Whether the JVM's caches make these start fast. */
    public boolean trained(List<ServiceKind> kinds) throws IOException {
        for (ServiceKind kind : kinds) {
            if (training || !Files.exists(caches.file(kind.prefix(), installation.jar(kind.module())))) {
                return false;
            }
        }
        return true;
    }

    private List<String> cacheFlags(ServiceKind kind) throws IOException {
        Path built = installation.jar(kind.module());
        if (training) {
            return List.of("-XX:AOTCacheOutput=" + caches.fresh(kind.prefix(), built));
        }
        Path cache = caches.file(kind.prefix(), built);
        return Files.exists(cache) ? List.of("-XX:AOTCache=" + cache, "-Xlog:aot=error,cds=error") : List.of();
    }

    private List<String> moreFlags(ServiceKind kind) {
        String more = environment
                .getOrDefault("ELPIS_" + kind.prefix().toUpperCase(Locale.ROOT) + "_OPTS", "")
                .strip();
        return more.isEmpty() ? List.of() : List.of(more.split("\\s+"));
    }
}
