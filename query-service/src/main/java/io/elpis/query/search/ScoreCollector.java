package io.elpis.query.search;

import io.elpis.query.lucene.SystemField;
import java.io.IOException;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.jspecify.annotations.Nullable;

/**
 * Collects one shard's best hits by score, equal scores by the hash of the id. Unlike Lucene's own collector it keeps
 * asking for hits that tie with the worst kept one, since they may still win; whatever scores less is skipped by blocks
 * all the same once enough hits are counted. The hash is only read for hits that get that far.
 */
final class ScoreCollector implements Collector {
    private final int shardOrdinal;
    private final TopDocsQueue queue;
    private final HitCount count;
    private final float minScore;

    private long hits;
    private float maxScore = Float.NaN;
    private boolean skipped;

    /** @param minScore hits below it do not count; negative infinity: none */
    ScoreCollector(int shardOrdinal, TopDocsQueue queue, HitCount count, float minScore) {
        this.shardOrdinal = shardOrdinal;
        this.queue = queue;
        this.count = count;
        this.minScore = minScore;
    }

    long hits() {
        return hits;
    }

    /** NaN without hits. */
    float maxScore() {
        return maxScore;
    }

    /** Whether hits may have been passed over uncounted. */
    boolean isLowerBound() {
        return skipped;
    }

    @Override
    public ScoreMode scoreMode() {
        return count.isExact() ? ScoreMode.COMPLETE : ScoreMode.TOP_SCORES;
    }

    @Override
    public LeafCollector getLeafCollector(LeafReaderContext leaf) {
        return new Leaf(leaf);
    }

    private final class Leaf implements LeafCollector {
        private final LeafReaderContext leaf;
        private @Nullable NumericDocValues ties;
        private @Nullable Scorable scorer;
        private float asked;

        Leaf(LeafReaderContext leaf) {
            this.leaf = leaf;
        }

        @Override
        public void setScorer(Scorable scorer) throws IOException {
            this.scorer = scorer;
            this.asked = 0;
            askForCompetitive(scorer);
        }

        @Override
        public void collect(int doc) throws IOException {
            Scorable present = scorer;
            if (present == null) {
                throw new IllegalStateException("no scorer");
            }
            float score = present.score();
            if (score < minScore) {
                return;
            }
            hits++;
            boolean enough = count.addOne();
            if (!(score <= maxScore)) {
                maxScore = score;
            }
            ScoredDoc worst = queue.worst();
            if (worst == null || score >= worst.score()) {
                consider(doc, score, worst);
                askForCompetitive(present);
            } else if (enough) {
                askForCompetitive(present);
            }
        }

        private void consider(int doc, float score, @Nullable ScoredDoc worst) throws IOException {
            ScoredDoc hit = new ScoredDoc(shardOrdinal, leaf.docBase + doc, score, tie(doc));
            if (worst == null || worst.worseThan(hit)) {
                queue.add(hit);
            }
        }

        private long tie(int doc) throws IOException {
            NumericDocValues values = ties;
            if (values == null) {
                values = DocValues.getNumeric(leaf.reader(), SystemField.TIE);
                ties = values;
            }
            return values.advanceExact(doc) ? values.longValue() : Long.MAX_VALUE;
        }

        private void askForCompetitive(Scorable present) throws IOException {
            if (count.isExact() || !count.isEnough()) {
                return;
            }
            ScoredDoc worst = queue.worst();
            if (worst != null && worst.score() > asked) {
                asked = worst.score();
                skipped = true;
                present.setMinCompetitiveScore(asked);
            }
        }
    }
}
