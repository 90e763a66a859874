package io.elpis.index.allocator;

/** Tells whether this instance is the allocator, for whatever else one instance at a time should do. */
public interface Leadership {
    /** May be wrong for a moment: another may have taken over already. */
    boolean isLeading();
}
