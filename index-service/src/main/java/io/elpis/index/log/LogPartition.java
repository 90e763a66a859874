package io.elpis.index.log;

/** Where a shard's log is. */
public record LogPartition(String topic, int partition, long generation) {}
