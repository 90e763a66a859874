package io.elpis.query.search;

/**
 * A hit while it is collected.
 *
 * @param doc within the shard's reader
 * @param tie doc value of the id's hash: signed order
 */
record ScoredDoc(int shardOrdinal, int doc, float score, long tie) {

    /** The order of pages: score, then tie hash, then the request's order of shards. */
    boolean worseThan(ScoredDoc other) {
        if (score != other.score) {
            return score < other.score;
        }
        if (tie != other.tie) {
            return tie > other.tie;
        }
        return shardOrdinal != other.shardOrdinal ? shardOrdinal > other.shardOrdinal : doc > other.doc;
    }
}
