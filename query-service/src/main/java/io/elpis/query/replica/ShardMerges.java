package io.elpis.query.replica;

import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Merges segments in the background, one merge of a copy at a time. */
final class ShardMerges extends ConcurrentMergeScheduler {
    private static final Logger LOG = LoggerFactory.getLogger(ShardMerges.class);

    ShardMerges() {
        setMaxMergesAndThreads(4, 1);
    }

    /** The writer remembers the failure and refuses to go on, which stops the copy; here it is only told. */
    @Override
    protected void handleMergeException(Throwable failure) {
        LOG.atWarn().addKeyValue("reason", failure).log("merge failed");
    }
}
