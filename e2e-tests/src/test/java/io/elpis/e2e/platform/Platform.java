package io.elpis.e2e.platform;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One platform in a directory of its own, started with {@code elpis up -d} and ended with {@code elpis down}. */
public final class Platform implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(4);
    private static final Duration COMMAND_LIMIT = Duration.ofMinutes(2);
    private static final JsonMapper JSON = new JsonMapper();

    private final Path data;
    private final int port;
    private final List<String> upOptions;
    private final Rest rest;

    private Platform(Path data, int port, List<String> upOptions) {
        this.data = data;
        this.port = port;
        this.upOptions = upOptions;
        up();
        this.rest = anonymous().withAuthorization("Bearer " + token());
    }

    public static Platform start(String... upOptions) {
        try {
            return new Platform(Files.createTempDirectory("elpis-e2e"), freePort(), List.of(upOptions));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void up() {
        List<String> arguments = new ArrayList<>(List.of("up", "-d", "--port", Integer.toString(port)));
        arguments.addAll(upOptions);
        command(START_LIMIT, arguments).orThrow();
    }

    public void down() {
        command(COMMAND_LIMIT, List.of("down")).orThrow();
    }

    /** SIGKILL. */
    public void kill(String instance) {
        command(COMMAND_LIMIT, List.of("kill", instance)).orThrow();
    }

    public void startInstance(String instance) {
        command(START_LIMIT, List.of("start", instance)).orThrow();
    }

    public int exitCodeOf(String... arguments) {
        return command(COMMAND_LIMIT, List.of(arguments)).exitCode();
    }

    public String outputOf(String... arguments) {
        return command(COMMAND_LIMIT, List.of(arguments)).orThrow().output();
    }

    public String token() {
        return outputOf("token").strip();
    }

    public JsonNode status() {
        return JSON.readTree(outputOf("status", "--json"));
    }

    /** Calls with the administrator's token. */
    public Rest rest() {
        return rest;
    }

    public Rest anonymous() {
        return new Rest(uri(port), null);
    }

    /** The loopback port of an instance's own HTTP door. */
    public URI instanceUri(String instance) {
        for (JsonNode process : status().get("processes")) {
            if (process.get("instance").asString().equals(instance)) {
                return uri(process.get("port").asInt());
            }
        }
        throw new IllegalArgumentException("no instance " + instance);
    }

    /** Waits until every copy of the index that was asked for serves. */
    public void awaitGreen(String index) {
        await("green " + index)
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> rest.get("/_cluster/health/" + index)
                        .at("/status")
                        .asString()
                        .equals("green"));
    }

    @Override
    public void close() {
        command(COMMAND_LIMIT, List.of("down"));
        try (Stream<Path> files = Files.walk(data)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ElpisCommand.Result command(Duration limit, List<String> arguments) {
        List<String> withData = new ArrayList<>(arguments);
        withData.addAll(List.of("--data", data.toString()));
        return ElpisCommand.run(limit, withData);
    }

    private static URI uri(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
