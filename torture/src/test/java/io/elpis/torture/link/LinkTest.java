package io.elpis.torture.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LinkTest {

    private static final int SILENCE_MILLIS = 300;
    private static final int PATIENCE_MILLIS = 20_000;

    private Echo echo;
    private Link link;

    @BeforeEach
    void open() throws IOException {
        echo = new Echo();
        link = new Link(0, echo::port);
    }

    @AfterEach
    void close() throws IOException {
        link.close();
        echo.close();
    }

    @Test
    void bytesArriveUnchangedBothWays() throws Exception {
        byte[] sent = new byte[3_000_000];
        new Random(1).nextBytes(sent);
        try (Socket socket = connected()) {
            CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> {
                try {
                    socket.getOutputStream().write(sent);
                    socket.shutdownOutput();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            assertThat(socket.getInputStream().readAllBytes()).isEqualTo(sent);
            sender.join();
        }
    }

    @Test
    void whatIsCutIsSilentAndGoesOnWhenHealed() throws Exception {
        try (Socket socket = connected()) {
            say(socket, 7);
            link.set(Quality.CUT);
            socket.getOutputStream().write(8);
            assertSilent(socket);
            link.set(Quality.GOOD);
            assertThat(heard(socket)).isEqualTo(8);
        }
    }

    @Test
    void connectionsWaitWhileItIsCut() throws Exception {
        link.set(Quality.CUT);
        try (Socket socket = connected()) {
            socket.getOutputStream().write(5);
            assertSilent(socket);
            assertThat(echo.connections()).isZero();
            link.set(Quality.GOOD);
            assertThat(heard(socket)).isEqualTo(5);
        }
    }

    @Test
    void oneDirectionIsCutAlone() throws Exception {
        try (Socket socket = connected()) {
            say(socket, 1);
            link.set(Quality.MUTE);
            socket.getOutputStream().write(2);
            await().atMost(Duration.ofSeconds(20)).until(() -> echo.bytes() == 2);
            assertSilent(socket);
            link.set(Quality.DEAF);
            assertThat(heard(socket)).isEqualTo(2);
            socket.getOutputStream().write(3);
            assertSilent(socket);
            assertThat(echo.bytes()).isEqualTo(2);
            link.set(Quality.GOOD);
            assertThat(heard(socket)).isEqualTo(3);
        }
    }

    @Test
    void slowLinkTakesItsTimeEachWay() throws Exception {
        try (Socket socket = connected()) {
            say(socket, 1);
            link.set(Quality.slow(Duration.ofMillis(100), 0));
            long begin = System.nanoTime();
            say(socket, 2);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        }
    }

    @Test
    void narrowLinkTakesTimeByTheByte() throws Exception {
        try (Socket socket = connected()) {
            say(socket, 1);
            link.set(Quality.slow(Duration.ZERO, 100_000));
            long begin = System.nanoTime();
            socket.getOutputStream().write(new byte[30_000]);
            socket.getInputStream().readNBytes(30_000);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        }
    }

    @Test
    void healingFreesWhatWaitsForASlowLink() throws Exception {
        try (Socket socket = connected()) {
            link.set(Quality.slow(Duration.ofHours(1), 0));
            socket.getOutputStream().write(9);
            assertSilent(socket);
            link.set(Quality.GOOD);
            assertThat(heard(socket)).isEqualTo(9);
        }
    }

    @Test
    void whoSendsIntoACutLinkIsHeldBack() throws Exception {
        try (Socket socket = new Socket()) {
            socket.setSendBufferSize(64 * 1024);
            socket.connect(address());
            say(socket, 1);
            link.set(Quality.CUT);
            AtomicLong written = new AtomicLong();
            CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> {
                try {
                    for (int chunk = 0; chunk < 4_000; chunk++) {
                        socket.getOutputStream().write(new byte[16 * 1024]);
                        written.addAndGet(16 * 1024);
                    }
                    socket.shutdownOutput();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            await().during(Duration.ofMillis(SILENCE_MILLIS))
                    .atMost(Duration.ofSeconds(20))
                    .until(written::get, new Unchanged()::still);
            assertThat(written.get()).isLessThan(4_000L * 16 * 1024);
            assertThat(sender).isNotDone();
            link.set(Quality.GOOD);
            assertThat(socket.getInputStream().readAllBytes()).hasSize(4_000 * 16 * 1024);
            sender.join();
        }
    }

    @Test
    void deathBehindItIsFeltInFrontOfIt() throws Exception {
        try (Socket socket = connected()) {
            say(socket, 1);
            echo.close();
            assertEnded(socket);
        }
    }

    @Test
    void nobodyBehindItIsTold() throws Exception {
        echo.close();
        try (Socket socket = connected()) {
            assertEnded(socket);
        } catch (SocketException e) {
            // Told so early that it broke the connecting.
            assertThat(e).hasMessageContaining("reset");
        }
    }

    @Test
    void refusingLinkTakesNoConnectionsUntilItAdmitsThem() throws Exception {
        link.refuse();
        assertThatThrownBy(this::connected).isInstanceOf(ConnectException.class);
        link.admit();
        try (Socket socket = connected()) {
            say(socket, 4);
        }
    }

    @Test
    void closedLinkBreaksWhatIsOpen() throws Exception {
        try (Socket socket = connected()) {
            say(socket, 1);
            link.set(Quality.CUT);
            link.close();
            assertEnded(socket);
        }
    }

    private static final class Unchanged {
        private long last = -1;

        boolean still(long now) {
            boolean same = now == last;
            last = now;
            return same;
        }
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), link.port());
    }

    private Socket connected() throws IOException {
        var socket = new Socket();
        try {
            socket.connect(address(), PATIENCE_MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static void say(Socket socket, int value) throws IOException {
        socket.getOutputStream().write(value);
        assertThat(heard(socket)).isEqualTo(value);
    }

    private static int heard(Socket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket.getInputStream().read();
    }

    private static void assertSilent(Socket socket) throws IOException {
        socket.setSoTimeout(SILENCE_MILLIS);
        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
    }

    private static void assertEnded(Socket socket) throws IOException {
        try {
            assertThat(heard(socket)).isEqualTo(-1);
        } catch (SocketException e) {
            assertThat(e).isNotInstanceOf(SocketTimeoutException.class);
        }
    }
}
