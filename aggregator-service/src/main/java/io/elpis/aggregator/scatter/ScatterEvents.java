package io.elpis.aggregator.scatter;

/** What there is to count. */
public interface ScatterEvents {
    ScatterEvents NONE = new ScatterEvents() {};

    default void retried() {}

    default void hedged() {}

    default void budgetSpent() {}

    default void circuitOpen() {}
}
