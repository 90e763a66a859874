package io.elpis.query.replica;

import io.elpis.model.schema.ShardId;
import java.util.UUID;

/**
 * Which log a copy is made of. A copy made of another log cannot continue with this one.
 *
 * @param topicId the broker's id of the topic: another topic of the same name has another
 */
public record LogIdentity(ShardId shard, UUID topicId, long generation) {}
