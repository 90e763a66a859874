package io.elpis.launcher.platform;

import io.elpis.launcher.exit.CommandFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Chooses loopback ports below the range from which systems serve outgoing connections, so that they stay free. */
public final class FreePorts {

    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int TRIES = 1_000;

    private final RandomGenerator random;

    public FreePorts(RandomGenerator random) {
        this.random = random;
    }

    /** @param taken ports that are promised to somebody, though nobody listens there yet */
    public int choose(Set<Integer> taken) {
        for (int i = 0; i < TRIES; i++) {
            int port = random.nextInt(LOWEST, HIGHEST);
            if (!taken.contains(port) && free(InetAddress.getLoopbackAddress(), port)) {
                return port;
            }
        }
        throw new CommandFailure("found no free port between " + LOWEST + " and " + HIGHEST);
    }

    /** Whether a server could listen there now. */
    public static boolean free(InetAddress address, int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port), 1);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
