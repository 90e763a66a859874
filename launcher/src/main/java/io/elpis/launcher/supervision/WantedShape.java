package io.elpis.launcher.supervision;

import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.platform.PlatformShape;
import org.jspecify.annotations.Nullable;

/** What a user asked for; null means: as it was, or the default for a new platform. */
public record WantedShape(
        @Nullable Integer nodes,
        @Nullable Integer zones,
        @Nullable Integer brokers,
        @Nullable Integer indexServices,
        @Nullable String host,
        @Nullable Integer port) {

    public static final WantedShape ANY = new WantedShape(null, null, null, null, null, null);

    PlatformShape over(PlatformShape base) {
        return new PlatformShape(
                or(nodes, base.nodes()),
                or(zones, base.zones()),
                or(brokers, base.brokers()),
                or(indexServices, base.indexServices()),
                host == null ? base.host() : host,
                or(port, base.port()));
    }

    /** Kafka's quorum and the copies of its topics are laid out once. */
    PlatformShape changing(PlatformShape former) {
        PlatformShape changed = over(former);
        if (changed.brokers() != former.brokers()) {
            throw new CommandFailure("this platform was made with " + former.brokers()
                    + " Kafka broker(s), which cannot be changed: use another --data directory");
        }
        return changed;
    }

    private static int or(@Nullable Integer wanted, int base) {
        return wanted == null ? base : wanted;
    }
}
