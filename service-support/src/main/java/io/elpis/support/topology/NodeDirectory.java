package io.elpis.support.topology;

import java.util.Set;

/** Says which query nodes exist; may be minutes stale. */
@FunctionalInterface
public interface NodeDirectory {
    /** Asked once or twice a second, from one thread; must not block for long. */
    Set<NodeAddress> nodes();
}
