package io.elpis.index.placement;

/** How far a node can be counted on. */
public enum Availability {
    /** Here, and takes copies. */
    PRESENT,
    /** Here, keeps what it has, takes nothing new. */
    FULL,
    /** Not here, but for so short a time that it is thought to be restarting: its copies count. */
    AWAY,
    /** Here, and its copies are to move off. */
    DRAINING,
    /** Not here for longer than the grace period: its copies are lost. */
    GONE;

    /** Copies on such a node count as copies the shard has. */
    boolean keepsCopies() {
        return this == PRESENT || this == FULL || this == AWAY;
    }

    boolean isHere() {
        return this == PRESENT || this == FULL || this == DRAINING;
    }
}
