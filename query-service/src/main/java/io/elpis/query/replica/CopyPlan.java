package io.elpis.query.replica;

import io.elpis.model.schema.ShardId;

/** Which shard a copy is of, and which log makes it. */
public record CopyPlan(ShardId shard, LogAddress address, long generation) {}
