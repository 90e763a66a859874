package io.elpis.e2e.platform;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.Reader;
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
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One platform in a directory of its own, started with {@code elpis up -d} and ended with {@code elpis down}. */
public final class Platform implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(11);
    private static final Duration COMMAND_LIMIT = Duration.ofMinutes(2);
    private static final JsonMapper JSON = new JsonMapper();

    private final Path data;
    private final int port;
    private final List<String> upOptions;
    private final Map<String, String> environment;
    private @Nullable Rest rest;

    private Platform(Path data, int port, List<String> upOptions, Map<String, String> environment) {
        this.data = data;
        this.port = port;
        this.upOptions = upOptions;
        this.environment = environment;
    }

    public static Platform start(String... upOptions) {
        return start(Map.of(), upOptions);
    }

    /** @param environment of all commands */
    public static Platform start(Map<String, String> environment, String... upOptions) {
        Platform platform = planned(environment, upOptions);
        try {
            platform.up();
            return platform;
        } catch (RuntimeException e) {
            platform.close();
            throw e;
        }
    }

    /** One that does not run yet. */
    public static Platform planned(String... upOptions) {
        return planned(Map.of(), upOptions);
    }

    private static Platform planned(Map<String, String> environment, String... upOptions) {
        try {
            return new Platform(Files.createTempDirectory("elpis-e2e"), freePort(), List.of(upOptions), environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void up() {
        startMissing();
        rest = anonymous().withAuthorization("Bearer " + token());
    }

    /** {@code elpis up} as in a terminal. */
    public ForegroundRun upInForeground() {
        return inForeground(upArguments());
    }

    /** An {@code up} of this platform with more options. */
    public String[] upArguments(String... more) {
        List<String> arguments = new ArrayList<>(List.of("up", "--port", Integer.toString(port)));
        arguments.addAll(List.of(more));
        arguments.addAll(upOptions);
        return arguments.toArray(String[]::new);
    }

    public void down() {
        command(COMMAND_LIMIT, List.of("down")).orThrow();
    }

    /**
     * SIGKILL, without a command in between that would take its time.
     *
     * @return when, as {@link System#nanoTime()} says it
     */
    public long killAtOnce(String instance) {
        ProcessHandle process = handle(instance);
        long now = System.nanoTime();
        process.destroyForcibly();
        return now;
    }

    /** A process of the platform that runs now. */
    public ProcessHandle handle(String instance) {
        return ProcessHandle.of(process(instance).get("pid").asLong()).orElseThrow();
    }

    /** Lets an instance stand still until {@link #resume}. */
    public void pause(String instance) {
        pause(handle(instance));
    }

    public void resume(String instance) {
        resume(handle(instance));
    }

    /** Lets a process stand still until {@link #resume}. */
    public static void pause(ProcessHandle process) {
        signal(process, "-STOP");
    }

    public static void resume(ProcessHandle process) {
        signal(process, "-CONT");
    }

    private static void signal(ProcessHandle process, String signal) {
        try {
            int exit = new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("kill " + signal + " " + process.pid() + " ended with " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Command lines of the platform's processes that run. */
    public List<String> processes() {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains(data.toString()))
                .toList();
    }

    /** SIGKILL. */
    public void kill(String instance) {
        command(COMMAND_LIMIT, List.of("kill", instance)).orThrow();
    }

    public void startInstance(String instance) {
        command(START_LIMIT, List.of("start", instance)).orThrow();
    }

    /** Every instance that does not run, all at once. */
    public void startMissing() {
        command(START_LIMIT, List.of(upArguments("-d"))).orThrow();
    }

    /** What the command said, which is expected to be refused. */
    public String refusalOf(String... arguments) {
        ElpisCommand.Result result = command(COMMAND_LIMIT, List.of(arguments));
        if (result.exitCode() == 0) {
            throw new AssertionError("not refused: " + result.output());
        }
        return result.errors();
    }

    /** However it ends. */
    public ElpisCommand.Result run(String... arguments) {
        return command(COMMAND_LIMIT, List.of(arguments));
    }

    /** {@code elpis demo}, which fetches some thousand pages and indexes them. */
    public ElpisCommand.Result demo() {
        return command(START_LIMIT, List.of("demo"));
    }

    /** A command as in a terminal, which goes on until it is interrupted. */
    public ForegroundRun inForeground(String... arguments) {
        return ElpisCommand.start(environment, withData(List.of(arguments)));
    }

    /** What a shell in some directory makes of a line. */
    public ElpisCommand.Result paste(Path from, String line) {
        return ElpisCommand.pasted(COMMAND_LIMIT, from, line);
    }

    /** How the script is called from a directory. */
    public static Path scriptFrom(Path directory) {
        return ElpisCommand.calledFrom(directory);
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

    /** Where all of its processes keep what they keep. */
    public Path data() {
        return data;
    }

    /** Calls with the administrator's token. */
    public Rest rest() {
        return Objects.requireNonNull(rest, "never started");
    }

    public Rest anonymous() {
        return new Rest(uri(port), null);
    }

    /** Where users reach it. */
    public URI uri() {
        return uri(port);
    }

    /** The loopback port of an instance's own HTTP door. */
    public URI instanceUri(String instance) {
        return uri(process(instance).get("port").asInt());
    }

    /** The gRPC door of a query node. */
    public NodeDoor nodeDoor(String instance) {
        Properties settings = new Properties();
        try (Reader reader = Files.newBufferedReader(data.resolve("config/" + instance + ".properties"))) {
            settings.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new NodeDoor(Integer.parseInt(settings.getProperty("spring.grpc.server.port")));
    }

    /** Where the brokers take their clients' connections. */
    public String brokers() {
        List<String> brokers = new ArrayList<>();
        for (JsonNode process : status().get("processes")) {
            if (process.get("instance").asString().startsWith("kafka-")) {
                brokers.add("127.0.0.1:" + process.get("port").asInt());
            }
        }
        return String.join(",", brokers);
    }

    /** What {@code elpis status} tells of an instance. */
    public JsonNode process(String instance) {
        for (JsonNode process : status().get("processes")) {
            if (process.get("instance").asString().equals(instance)) {
                return process;
            }
        }
        throw new IllegalArgumentException("no instance " + instance);
    }

    /** Waits until every copy of the index that was asked for serves. */
    public void awaitGreen(String index) {
        await("green " + index)
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> rest().get("/_cluster/health/" + index)
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
        return ElpisCommand.run(limit, environment, withData(arguments));
    }

    private List<String> withData(List<String> arguments) {
        List<String> withData = new ArrayList<>(arguments);
        withData.addAll(List.of("--data", data.toString()));
        return withData;
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
