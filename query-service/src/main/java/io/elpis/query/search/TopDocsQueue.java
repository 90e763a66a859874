package io.elpis.query.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The best hits so far, over all shards of a request: what one shard found spares the next the work for less. Shards
 * come one after the other; the last one's hits can be taken out again as if it had never been searched.
 */
final class TopDocsQueue {
    private final int top;
    private final PriorityQueue<ScoredDoc> worstFirst;
    private int shard;

    /** Hits of earlier shards that hits of this one pushed out. */
    private final List<ScoredDoc> displaced = new ArrayList<>(0);

    TopDocsQueue(int top) {
        this.top = top;
        this.worstFirst =
                new PriorityQueue<>(Math.clamp(top, 1, 1024), (a, b) -> a.worseThan(b) ? -1 : b.worseThan(a) ? 1 : 0);
    }

    /** What is added from now on is this shard's. */
    void begin(int shardOrdinal) {
        shard = shardOrdinal;
        displaced.clear();
    }

    /** Takes the shard's hits out and brings back what they displaced. */
    void forget() {
        worstFirst.removeIf(hit -> hit.shardOrdinal() == shard);
        worstFirst.addAll(displaced);
        displaced.clear();
    }

    boolean isFull() {
        return worstFirst.size() >= top;
    }

    /** The hit that a further one has to beat; null while there is room. */
    @Nullable
    ScoredDoc worst() {
        return isFull() ? worstFirst.peek() : null;
    }

    void add(ScoredDoc hit) {
        worstFirst.add(hit);
        if (worstFirst.size() > top) {
            ScoredDoc out = worstFirst.remove();
            if (out.shardOrdinal() != shard) {
                displaced.add(out);
            }
        }
    }

    /** Best first; empties the queue. */
    List<ScoredDoc> drain() {
        List<ScoredDoc> hits = new ArrayList<>(worstFirst.size());
        while (!worstFirst.isEmpty()) {
            hits.add(worstFirst.remove());
        }
        Collections.reverse(hits);
        return hits;
    }
}
