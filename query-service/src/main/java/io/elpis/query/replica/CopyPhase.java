package io.elpis.query.replica;

/**
 * Where a copy is in its life.
 *
 * <pre>
 * RECOVERING → SERVING → DRAINING
 *      ↑  ↓       ↓
 *      └─ FAILED ←┘      (opened again after a pause; leaves FAILED once it gets further than before)
 * </pre>
 */
public enum CopyPhase {
    /** Not caught up with its log yet. */
    RECOVERING,
    SERVING,
    /** Serves on, but wants no more work: the node is going away. */
    DRAINING,
    /** Stopped, for nothing may be skipped; opened again now and then. */
    FAILED
}
