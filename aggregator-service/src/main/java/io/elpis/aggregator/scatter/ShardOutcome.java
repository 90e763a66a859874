package io.elpis.aggregator.scatter;

import io.elpis.model.error.ElpisException;
import io.elpis.protocol.node.ShardAnswer;
import org.jspecify.annotations.Nullable;

/** What became of one shard in a search. */
public sealed interface ShardOutcome {
    record Answered(String node, ShardAnswer answer) implements ShardOutcome {}

    /** No copy answered before the deadline. */
    record TimedOut(String node) implements ShardOutcome {}

    /** @param node asked last; null when there was none to ask */
    record Failed(@Nullable String node, ElpisException reason) implements ShardOutcome {}
}
