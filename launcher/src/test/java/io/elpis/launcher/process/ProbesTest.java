package io.elpis.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ProbesTest {

    @Test
    void readinessIsAnAnswerOf200() throws IOException {
        var status = new AtomicInteger(503);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/actuator/health/readiness", exchange -> {
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        server.start();
        try (var client = HttpClient.newHttpClient()) {
            Probe probe = Probes.readinessEndpoint(client, server.getAddress().getPort());
            assertThat(probe.ready()).isFalse();
            status.set(200);
            assertThat(probe.ready()).isTrue();
            server.stop(0);
            assertThat(probe.ready()).isFalse();
        }
    }

    @Test
    void listeningMeansThatConnectionsAreTaken() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
            assertThat(Probes.listening(port).ready()).isTrue();
        }
        assertThat(Probes.listening(port).ready()).isFalse();
    }

    @Test
    void postgresThatAnswersWithAnErrorIsNotReady() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (char answer : new char[] {'E', 'R'}) {
                Thread server = Thread.ofVirtual().start(() -> answerOnce(socket, answer));
                assertThat(Probes.postgres(socket.getLocalPort(), "u", "d").ready())
                        .isEqualTo(answer == 'R');
                server.join();
            }
        }
    }

    private static void answerOnce(ServerSocket socket, char answer) {
        try (var connection = socket.accept()) {
            var in = connection.getInputStream();
            int length = in.read() << 24 | in.read() << 16 | in.read() << 8 | in.read();
            in.readNBytes(length - Integer.BYTES);
            connection.getOutputStream().write(answer);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
