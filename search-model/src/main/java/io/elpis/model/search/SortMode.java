package io.elpis.model.search;

/** Which of a document's several values it is sorted by. */
public enum SortMode {
    /** The least when ascending, the greatest when descending. */
    DEFAULT,
    MIN,
    MAX
}
