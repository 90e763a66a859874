package io.elpis.aggregator.merge;

import io.elpis.aggregator.plan.ShardTarget;
import io.elpis.model.error.ElpisException;
import org.jspecify.annotations.Nullable;

/**
 * Why a shard is missing from a page.
 *
 * @param node asked last; null when there was none to ask
 */
public record ShardFailure(ShardTarget target, @Nullable String node, ElpisException reason) {}
