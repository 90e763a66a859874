package io.elpis.query.search;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.ShardId;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.AlreadyClosedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why one shard of a request did not answer, in words for the caller. */
public final class ShardTrouble {
    private static final Logger LOG = LoggerFactory.getLogger(ShardTrouble.class);

    private ShardTrouble() {}

    /** Logs, here and only here, what is no caller's fault. */
    static ElpisException told(Exception failure, ShardId shard) {
        return switch (failure) {
            case ElpisException known -> known;
            case IndexSearcher.TooManyClauses _ ->
                new ElpisException(
                        ErrorCode.QUERY_SHARD,
                        "failed to create query: maxClauseCount is set to " + IndexSearcher.getMaxClauseCount());
            case AlreadyClosedException _ -> notHere(shard);
            default -> {
                LOG.atError().setCause(failure).addKeyValue("shard", shard).log("search failed");
                yield new ElpisException(ErrorCode.INTERNAL, "search of a shard failed");
            }
        };
    }

    public static ElpisException notHere(ShardId shard) {
        return new ElpisException(ErrorCode.SHARD_NOT_AVAILABLE, "shard [" + shard + "] is not served by this node");
    }
}
