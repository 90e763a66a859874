package io.elpis.launcher.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.launcher.platform.FreePorts;
import io.elpis.launcher.platform.PlatformPlan;
import io.elpis.launcher.platform.PlatformShape;
import io.elpis.launcher.service.Fleet;
import io.elpis.launcher.service.PortChoice;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LinksTest {

    private static final Fleet FLEET = Fleet.of(PlatformShape.DEFAULT);

    private final FreePorts free = new FreePorts(new Random(5));
    private final PlatformPlan plan =
            new PortChoice(free).choose(PlatformPlan.fresh(PlatformShape.DEFAULT), FLEET.instances());

    @Test
    void everythingButTheGatewayIsAdvertisedAtItsLink() throws IOException {
        try (Links links = Links.open(plan, free)) {
            assertThat(plan.ports().keySet())
                    .filteredOn(purpose -> !purpose.matches("query-\\d+"))
                    .allSatisfy(purpose ->
                            assertThat(links.plan().advertised(purpose)).isNotEqualTo(plan.port(purpose)));
            assertThat(links.plan().withoutAdvertised()).isEqualTo(plan);
        }
    }

    @Test
    void linkLeadsToWhereTheInstanceListensNow() throws Exception {
        try (Links links = Links.open(plan, free);
                var moved = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            links.follow(links.plan().withPort("query-1.grpc", moved.getLocalPort()));
            try (Socket caller = new Socket(
                            InetAddress.getLoopbackAddress(), links.plan().advertised("query-1.grpc"));
                    Socket callee = moved.accept()) {
                caller.getOutputStream().write(3);
                assertThat(callee.getInputStream().read()).isEqualTo(3);
            }
        }
    }

    @Test
    void deadInstanceRefusesUntilItIsStarted() throws Exception {
        try (Links links = Links.open(plan, free)) {
            int port = links.plan().advertised("index-1");
            links.refuse(FLEET.instance("index-1"));
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                    .isInstanceOf(ConnectException.class);
            links.admit(FLEET.instance("index-1"));
            new Socket(InetAddress.getLoopbackAddress(), port).close();
        }
    }
}
