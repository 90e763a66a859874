package io.elpis.index.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;

/** One broker for all tests of this JVM; ends with it. */
public final class LocalBroker {
    private static final class Holder {
        static final LocalBroker BROKER = started();
    }

    private final Process process;
    private final int port;

    private LocalBroker(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it at the first call. */
    public static Map<String, Object> connection() {
        LocalBroker broker = Holder.BROKER;
        return Map.of("bootstrap.servers", "127.0.0.1:" + broker.port);
    }

    private static LocalBroker started() {
        try {
            Path directory = Files.createTempDirectory("elpis-index-broker-");
            int port = freePort();
            Process process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Xmx256m",
                            "-Dlogging.level.root=warn",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            BrokerProcess.class.getName(),
                            directory.toString(),
                            Integer.toString(port),
                            Integer.toString(freePort())))
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("output").toFile())
                    .start();
            LocalBroker broker = new LocalBroker(process, port);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> broker.end(directory)));
            broker.awaitReady(directory);
            return broker;
        } catch (IOException e) {
            throw new IllegalStateException("no broker", e);
        }
    }

    private void awaitReady(Path directory) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port))) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(90))
                    .ignoreExceptions()
                    .failFast("the broker ended, see " + directory, () -> !process.isAlive())
                    .until(() -> !admin.describeCluster()
                            .nodes()
                            .get(5, TimeUnit.SECONDS)
                            .isEmpty());
        }
    }

    private void end(Path directory) {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        } catch (IOException e) {
            // Left for the system to clean.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
