/**
 * A copy of a shard as a deterministic state machine over its log.
 *
 * <p>{@link io.elpis.query.replica.ShardCopy} is the door. It is fed {@link io.elpis.query.replica.LogEntry entries} in
 * order by one thread at a time and knows nothing of where they come from; everything it decides rests on the record and
 * on what earlier records left, so that every copy of a shard reaches the same documents, sequence numbers and outcomes.
 */
@NullMarked
package io.elpis.query.replica;

import org.jspecify.annotations.NullMarked;
