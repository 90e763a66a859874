package io.elpis.query.search;

import io.elpis.model.schema.ShardId;
import io.elpis.query.replica.CopyView;
import org.apache.lucene.search.IndexSearcher;

/**
 * One shard of a request and the point in time it is searched at.
 *
 * @param ordinal its place in the request
 */
record ShardTarget(int ordinal, ShardId shard, long generation, CopyView view) {

    IndexSearcher searcher(Budget budget) {
        IndexSearcher searcher = new IndexSearcher(view.reader());
        searcher.setTimeout(budget);
        return searcher;
    }
}
