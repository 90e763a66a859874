package io.elpis.query.replica;

/**
 * Where a copy is in its life.
 *
 * <pre>
 * RECOVERING → SERVING → DRAINING
 *      ↑  ↓       ↓
 *      └─ FAILED ←┘      (a broken log starts over from RECOVERING with an empty copy)
 * </pre>
 */
public enum CopyPhase {
    /** Not caught up with its log yet. */
    RECOVERING,
    SERVING,
    /** Serves on, but wants no more work: the node is going away. */
    DRAINING,
    /** Stopped: nothing may be skipped. */
    FAILED
}
