package io.elpis.launcher.process;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The probes for what listens on loopback ports. */
public final class Probes {

    private static final int MILLIS = 1_000;
    private static final int PROTOCOL_3 = 3 << 16;

    private Probes() {}

    /** Ready when the readiness endpoint answers 200. */
    public static Probe readinessEndpoint(HttpClient client, int port) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"))
                .timeout(Duration.ofSeconds(3))
                .build();
        return () -> {
            try {
                return client.send(request, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200;
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        };
    }

    /** Ready when it takes connections: a Kafka broker does so only once it may serve. */
    public static Probe listening(int port) {
        return () -> {
            try (var socket = connect(port)) {
                return socket.isConnected();
            } catch (IOException e) {
                return false;
            }
        };
    }

    /**
     * Ready when PostgreSQL asks for a password ({@code R}): while it starts or recovers it answers with an error.
     */
    public static Probe postgres(int port, String user, String database) {
        return () -> {
            try (var socket = connect(port)) {
                socket.setSoTimeout(MILLIS);
                socket.getOutputStream().write(startupMessage(user, database));
                return socket.getInputStream().read() == 'R';
            } catch (IOException e) {
                return false;
            }
        };
    }

    private static Socket connect(int port) throws IOException {
        var socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static byte[] startupMessage(String user, String database) throws IOException {
        byte[] parameters = ("user\0" + user + "\0database\0" + database + "\0\0").getBytes(StandardCharsets.UTF_8);
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeInt(2 * Integer.BYTES + parameters.length);
        out.writeInt(PROTOCOL_3);
        out.write(parameters);
        return bytes.toByteArray();
    }
}
