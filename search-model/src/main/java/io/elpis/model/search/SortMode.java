package io.elpis.model.search;

/** Which of a document's several values it is sorted by, or what is made of them. */
public enum SortMode {
    /** The least when ascending, the greatest when descending. */
    DEFAULT,
    MIN,
    MAX,
    SUM,
    /** Of whole numbers the nearest whole number, as for the median. */
    AVG,
    /** Of an even number of values the middle between the inner two. */
    MEDIAN
}
