package io.elpis.launcher.service;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A kind of process. {@code needs} names what must be ready before its first instance starts: only what its start
 * would fail without, or would wait for at length.
 */
public enum ServiceKind {
    DISCOVERY("discovery", "discovery", Role.SPRING, "", "-Xmx128m -XX:TieredStopAtLevel=1"),
    KAFKA("kafka", "local-servers", Role.KAFKA, "", "-Xmx384m"),
    POSTGRES("postgres", "local-servers", Role.POSTGRES, "", "-Xmx128m -XX:TieredStopAtLevel=1"),
    AUTH(
            "auth",
            "auth-service",
            Role.SPRING,
            "discovery postgres",
            Flags.PROCESSED + " -Xmx160m -XX:TieredStopAtLevel=1"),
    INDEX("index", "index-service", Role.SPRING, "discovery postgres kafka", Flags.PROCESSED + " -Xmx256m"),
    QUERY(
            "query",
            "query-service",
            Role.SPRING,
            "discovery kafka",
            Flags.PROCESSED + " -Xmx448m --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED"),
    AGGREGATOR("aggregator", "aggregator-service", Role.SPRING, "discovery", Flags.PROCESSED + " -Xmx256m"),
    GATEWAY("gateway", "gateway", Role.SPRING, "discovery", Flags.PROCESSED + " -Xmx192m");

    private interface Flags {
        /** The service starts with the beans that its build has decided on. */
        String PROCESSED = "-Dspring.aot.enabled=true";
    }

    /** What a process runs. */
    public enum Role {
        SPRING,
        KAFKA,
        POSTGRES
    }

    private final String prefix;
    private final String module;
    private final Role role;
    private final String needs;
    private final String jvmFlags;

    ServiceKind(String prefix, String module, Role role, String needs, String jvmFlags) {
        this.prefix = prefix;
        this.module = module;
        this.role = role;
        this.needs = needs;
        this.jvmFlags = jvmFlags;
    }

    public static Optional<ServiceKind> named(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.prefix.equals(name) || kind.role == Role.SPRING && kind.module.equals(name))
                .findFirst();
    }

    /** The first part of the instances' names. */
    public String prefix() {
        return prefix;
    }

    /** The Maven module with its program; for Spring services also {@code spring.application.name}. */
    public String module() {
        return module;
    }

    /** The name under which users know the service. */
    public String service() {
        return role == Role.SPRING ? module : prefix;
    }

    public Role role() {
        return role;
    }

    public Set<String> needs() {
        return needs.isEmpty() ? Set.of() : Set.of(needs.split(" "));
    }

    public List<String> jvmFlags() {
        return List.of(jvmFlags.split(" "));
    }

    /** Whether it has an OAuth2 client of its own. */
    public boolean hasClient() {
        return role == Role.SPRING && this != DISCOVERY;
    }
}
