package io.elpis.index.task;

/**
 * What callers want of a running task.
 *
 * @param requestsPerSecond negative: as fast as it goes
 */
public record TaskControl(boolean cancelled, float requestsPerSecond) {}
