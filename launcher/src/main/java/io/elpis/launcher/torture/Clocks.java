package io.elpis.launcher.torture;

import io.elpis.launcher.platform.PlatformHome;
import io.elpis.launcher.platform.PrivateFiles;
import io.elpis.launcher.service.Fleet;
import io.elpis.launcher.service.Instance;
import io.elpis.launcher.service.ServiceKind;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Wall clocks of the services that could decide by them: each is off from its start on, by libfaketime, and may be put
 * forward or back while the process runs. Monotonic clocks stay right, as those of a machine do.
 */
final class Clocks implements Closeable {

    /** What {@link FaultKind#SKEW} hits. */
    private static final Set<ServiceKind> KINDS = Set.of(ServiceKind.QUERY, ServiceKind.INDEX, ServiceKind.AGGREGATOR);

    private static final int BASE_SECONDS = 240;

    private final PlatformHome home;
    private final Map<String, Duration> bases = new HashMap<>();

    private Clocks(PlatformHome home) {
        this.home = home;
    }

    /** Gives each of these services a clock of its own. Before they start. */
    static Clocks make(PlatformHome home, Fleet fleet, Path library, long seed) throws IOException {
        Clocks clocks = new Clocks(home);
        Random random = new Random(seed);
        PrivateFiles.createDirectory(clocks.directory());
        for (Instance instance : fleet.instances()) {
            if (KINDS.contains(instance.kind())) {
                Duration base = Duration.ofSeconds(random.nextInt(-BASE_SECONDS, BASE_SECONDS));
                clocks.bases.put(instance.name(), base);
                clocks.set(instance, Duration.ZERO);
                PrivateFiles.write(home.environment(instance.name()), clocks.environment(instance, library));
            }
        }
        return clocks;
    }

    /** @param off from where the instance's clock is otherwise */
    void set(Instance instance, Duration off) throws IOException {
        Duration base = bases.getOrDefault(instance.name(), Duration.ZERO);
        PrivateFiles.write(file(instance), text(base.plus(off)));
    }

    /** The services' clocks are right again at their next start. */
    @Override
    public void close() throws IOException {
        for (String instance : bases.keySet()) {
            Files.deleteIfExists(home.environment(instance));
        }
    }

    static String text(Duration off) {
        return "%+d\n".formatted(off.toSeconds());
    }

    private String environment(Instance instance, Path library) {
        return String.join(
                "\n",
                "LD_PRELOAD=" + library,
                "FAKETIME_TIMESTAMP_FILE=" + file(instance),
                "FAKETIME_CACHE_DURATION=1",
                "FAKETIME_DONT_FAKE_MONOTONIC=1",
                // Without this every wait with a time limit, which the JVM measures monotonically, ends at once.
                "FAKETIME_FORCE_MONOTONIC_FIX=0",
                // Times of files are compared with what the JVM's caches have noted.
                "NO_FAKE_STAT=1",
                "");
    }

    private Path file(Instance instance) {
        return directory().resolve(instance.name());
    }

    private Path directory() {
        return home.directory().resolve("clocks");
    }
}
