package io.elpis.launcher.torture;

import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.installation.Installation;
import io.elpis.launcher.platform.PlatformHome;
import io.elpis.launcher.service.Fleet;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What harm is done with that no signal does. What this machine does not allow is left out, and said. */
final class Surroundings implements Closeable {

    private final Links links;
    private final Set<FaultKind> possible;
    private final @Nullable Clocks clocks;
    private final @Nullable Disks disks;

    private Surroundings(Links links, Set<FaultKind> possible, @Nullable Clocks clocks, @Nullable Disks disks) {
        this.links = links;
        this.possible = possible;
        this.clocks = clocks;
        this.disks = disks;
    }

    static Surroundings make(PlatformHome home, Links links, TorturePlan plan, Consumer<String> out)
            throws IOException, InterruptedException {
        Set<FaultKind> possible = EnumSet.copyOf(plan.faults());
        Fleet fleet = Fleet.of(links.plan().shape());
        Clocks clocks = null;
        if (possible.contains(FaultKind.SKEW)) {
            Optional<Path> library = FakeTimeLibrary.find(Installation.current());
            if (library.isPresent()) {
                clocks = Clocks.make(home, fleet, library.get(), plan.seed());
            } else {
                possible.remove(FaultKind.SKEW);
                out.accept("left out: skew, as there is no libfaketime");
            }
        }
        Disks disks = null;
        if (possible.contains(FaultKind.DISK)) {
            try {
                disks = Disks.mount(home, fleet);
            } catch (CommandFailure failed) {
                possible.remove(FaultKind.DISK);
                out.accept("left out: disk, as " + failed.getMessage());
            }
        }
        return new Surroundings(links, possible, clocks, disks);
    }

    /** The kinds of the plan that can be done here. */
    Set<FaultKind> possible() {
        return possible;
    }

    Links links() {
        return links;
    }

    Clocks clocks() {
        return present(clocks);
    }

    Disks disks() {
        return present(disks);
    }

    @Override
    public void close() throws IOException {
        links.close();
        if (clocks != null) {
            clocks.close();
        }
        if (disks != null) {
            disks.close();
        }
    }

    private static <T> T present(@Nullable T made) {
        if (made == null) {
            throw new IllegalStateException("left out");
        }
        return made;
    }
}
