package io.elpis.index.placement;

/** What a node is to do with a copy. */
public enum Role {
    /** Hold or build it for good. */
    HOLDER,
    /** Keep it until the copies that replace it serve. */
    LEAVING
}
