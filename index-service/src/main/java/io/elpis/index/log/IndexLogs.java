package io.elpis.index.log;

import io.elpis.model.schema.IndexUuid;

/** Makes the logs of new indices. */
public interface IndexLogs {
    /** One log a shard; returns when they can be written to. */
    void create(IndexUuid index, int shards);

    /** For an index that did not come to be. */
    void discard(IndexUuid index);
}
