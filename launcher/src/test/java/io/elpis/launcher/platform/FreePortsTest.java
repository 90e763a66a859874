package io.elpis.launcher.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreePortsTest {

    private static final long SEED = 42;

    @Test
    void neverAPromisedOrABusyPort() throws IOException {
        int first = new FreePorts(new Random(SEED)).choose(Set.of());
        int second = new FreePorts(new Random(SEED)).choose(Set.of(first));
        assertThat(second).isNotEqualTo(first);
        try (var busy = new ServerSocket(first, 1, InetAddress.getLoopbackAddress())) {
            assertThat(FreePorts.free(InetAddress.getLoopbackAddress(), busy.getLocalPort()))
                    .isFalse();
            assertThat(new FreePorts(new Random(SEED)).choose(Set.of())).isNotEqualTo(first);
        }
    }

    @Test
    void portsLieBelowThoseOfOutgoingConnections() {
        var ports = new FreePorts(new Random(SEED));
        var chosen = new HashSet<Integer>();
        for (int i = 0; i < 50; i++) {
            chosen.add(ports.choose(chosen));
        }
        assertThat(chosen).hasSize(50).allMatch(port -> port >= 20_000 && port < 32_000);
    }
}
