package io.elpis.launcher.platform;

import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.exit.ExitCode;

/**
 * How large a platform is and where it is reached.
 *
 * @param nodes query nodes
 * @param host the address on which the gateway listens; everything else listens on loopback
 */
public record PlatformShape(int nodes, int zones, int brokers, int indexServices, String host, int port) {

    public static final PlatformShape DEFAULT = new PlatformShape(3, 2, 1, 1, "127.0.0.1", 8080);

    public PlatformShape {
        require(nodes >= 1 && nodes <= 64, "--nodes must be 1 to 64");
        require(zones >= 1 && zones <= 26, "--zones must be 1 to 26");
        require(brokers >= 1 && brokers <= 9, "--brokers must be 1 to 9");
        require(indexServices >= 1 && indexServices <= 9, "--index-services must be 1 to 9");
        require(port >= 1 && port <= 65_535, "--port must be 1 to 65535");
    }

    /** The zone of the n-th instance of a kind, round robin. */
    public String zone(int number) {
        return "zone-" + (char) ('a' + (number - 1) % zones);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new CommandFailure(message, ExitCode.USAGE);
        }
    }
}
