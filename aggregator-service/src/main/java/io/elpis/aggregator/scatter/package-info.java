/**
 * Asks a copy of every shard, in one call a node, and sees to it that each shard has an outcome before the deadline:
 * another copy at once where a node fails, another copy beside a slow one, nothing left running.
 *
 * <p>Door: {@link io.elpis.aggregator.scatter.ShardScatter}. Callbacks run on event loops.
 */
@NullMarked
package io.elpis.aggregator.scatter;

import org.jspecify.annotations.NullMarked;
