package io.elpis.launcher.platform;

import io.elpis.launcher.advice.Advice;
import io.elpis.launcher.exit.CommandFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is decided at the first start and kept: the shape, Kafka's cluster id, and a port for every purpose, named such
 * as {@code query-1} or {@code query-1.grpc}. Where others reach a purpose at another port than the one it listens on,
 * as behind a proxy, that one stands under the purpose's name with {@code .advertised}.
 */
public record PlatformPlan(PlatformShape shape, String clusterId, Map<String, Integer> ports) {

    private static final String ADVERTISED = ".advertised";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public PlatformPlan {
        ports = Map.copyOf(ports);
    }

    public static PlatformPlan fresh(PlatformShape shape) {
        UUID id = UUID.randomUUID();
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        // Kafka takes no id that starts with a dash.
        String text =
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).replace('-', 'x');
        return new PlatformPlan(shape, text, Map.of());
    }

    public static PlatformPlan load(PlatformHome home) throws IOException {
        if (!home.exists()) {
            throw new CommandFailure("there is no platform in " + home.directory() + " yet: start one with "
                    + Advice.line(home.directory(), "up", "-d"));
        }
        try {
            return JSON.readValue(Files.readString(home.planFile()), PlatformPlan.class);
        } catch (JacksonException e) {
            throw new CommandFailure(home.planFile() + " is damaged: " + e.getOriginalMessage());
        }
    }

    public void store(PlatformHome home) throws IOException {
        PrivateFiles.write(
                home.planFile(), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this));
    }

    public PlatformPlan withShape(PlatformShape changed) {
        return new PlatformPlan(changed, clusterId, ports);
    }

    public PlatformPlan withPort(String purpose, int port) {
        var all = new TreeMap<>(ports);
        all.put(purpose, port);
        return new PlatformPlan(shape, clusterId, all);
    }

    /** @param port at which others reach what listens for the purpose */
    public PlatformPlan withAdvertised(String purpose, int port) {
        return withPort(purpose + ADVERTISED, port);
    }

    /** As it is where everything is reached at the port it listens on. */
    public PlatformPlan withoutAdvertised() {
        var all = new TreeMap<>(ports);
        all.keySet().removeIf(purpose -> purpose.endsWith(ADVERTISED));
        return new PlatformPlan(shape, clusterId, all);
    }

    /** The port at which others reach what listens for the purpose. */
    public int advertised(String purpose) {
        Integer other = ports.get(purpose + ADVERTISED);
        return other == null ? port(purpose) : other;
    }

    public int port(String purpose) {
        Integer port = ports.get(purpose);
        if (port == null) {
            throw new IllegalStateException("no port was chosen for " + purpose);
        }
        return port;
    }
}
