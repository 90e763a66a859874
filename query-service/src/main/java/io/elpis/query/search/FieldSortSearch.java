package io.elpis.query.search;

import io.elpis.model.result.Hit;
import io.elpis.model.result.SortValue;
import io.elpis.model.schema.FieldType;
import io.elpis.model.search.SortKey;
import io.elpis.query.lucene.SortTranslator;
import io.elpis.query.lucene.SortValues;
import io.elpis.query.lucene.SystemField;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.FilterCollector;
import org.apache.lucene.search.FilterLeafCollector;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.TopFieldCollector;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.search.TotalHits;

/** Searches one shard for its best hits by sort keys. */
final class FieldSortSearch {
    private final ShardQueryPlan plan;
    private final ShardTarget target;
    private final SortTranslator sorts;

    FieldSortSearch(ShardQueryPlan plan, ShardTarget target) {
        this.plan = plan;
        this.target = target;
        this.sorts = new SortTranslator(target.view().schema(), plan.now());
    }

    ShardFindings search(IndexSearcher searcher, Query query, Budget budget, List<Hit> into) throws IOException {
        Sort sort = sorts.translate(plan.sort());
        int top = Math.min(plan.top(), Math.max(1, target.view().reader().maxDoc()));
        TopFieldCollectorManager managed = new TopFieldCollectorManager(sort, top, null, plan.trackTotalHits());
        TopFieldDocs found = plan.hasMinScore()
                ? searcher.search(query, new AboveMinimum(managed.newCollector(), plan.minScore()))
                : searcher.search(query, managed);
        boolean scores = plan.trackScores() || plan.sort().stream().anyMatch(SortKey.ByScore.class::isInstance);
        if (scores) {
            TopFieldCollector.populateScores(found.scoreDocs, searcher, query);
        }
        float maxScore = Float.NaN;
        List<Column> columns = columns();
        for (ScoreDoc doc : found.scoreDocs) {
            Hit hit = hit((FieldDoc) doc, scores ? doc.score : Float.NaN, columns);
            maxScore = hit.score() > maxScore || Float.isNaN(maxScore) ? hit.score() : maxScore;
            into.add(hit);
        }
        return new ShardFindings(
                plan.countsNothing() ? 0 : found.totalHits.value(),
                found.totalHits.relation() == TotalHits.Relation.GREATER_THAN_OR_EQUAL_TO,
                plan.trackScores() ? maxScore : Float.NaN,
                budget.isTimedOut(),
                null);
    }

    /** What a key's values are in this index. */
    private record Column(SortKey key, FieldType type, SortValue absent) {}

    private List<Column> columns() {
        return plan.sort().stream()
                .map(key -> switch (key) {
                    case SortKey.ByField field -> new Column(key, sorts.type(field), sorts.absent(field));
                    case SortKey.ByScore _, SortKey.ByDoc _ ->
                        new Column(key, FieldType.OBJECT, new SortValue.Absent());
                })
                .toList();
    }

    private Hit hit(FieldDoc found, float score, List<Column> columns) throws IOException {
        List<LeafReaderContext> leaves = target.view().reader().leaves();
        LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(found.doc, leaves));
        List<SortValue> values = new ArrayList<>(columns.size());
        for (Column column : columns) {
            values.add(
                    switch (column.key()) {
                        case SortKey.ByScore _ -> new SortValue.Decimal(score);
                        case SortKey.ByDoc _ -> new SortValue.Whole(0);
                        case SortKey.ByField field ->
                            SortValues.read(
                                    field, column.type(), column.absent(), leaf.reader(), found.doc - leaf.docBase);
                    });
        }
        long tie = (Long) found.fields[found.fields.length - 1];
        return new Hit(target.shard(), found.doc, score, values, HitIds.read(leaf, found.doc), SystemField.tie(tie));
    }

    /** Passes on only the hits that score enough. */
    private record AboveMinimum(TopFieldCollector collector, float minScore)
            implements CollectorManager<Collector, TopFieldDocs> {
        @Override
        public Collector newCollector() {
            return new FilterCollector(collector) {
                @Override
                public ScoreMode scoreMode() {
                    return ScoreMode.COMPLETE;
                }

                @Override
                public LeafCollector getLeafCollector(LeafReaderContext leaf) throws IOException {
                    return filtered(super.getLeafCollector(leaf));
                }
            };
        }

        private LeafCollector filtered(LeafCollector all) {
            return new FilterLeafCollector(all) {
                private Scorable scorer = NoScorer.INSTANCE;

                @Override
                public void setScorer(Scorable scorer) throws IOException {
                    this.scorer = scorer;
                    super.setScorer(scorer);
                }

                @Override
                public void collect(int doc) throws IOException {
                    if (scorer.score() >= minScore) {
                        super.collect(doc);
                    }
                }
            };
        }

        @Override
        public TopFieldDocs reduce(Collection<Collector> collectors) {
            return collector.topDocs();
        }
    }

    private static final class NoScorer extends Scorable {
        static final NoScorer INSTANCE = new NoScorer();

        @Override
        public float score() {
            throw new IllegalStateException("no scorer yet");
        }
    }
}
