package io.elpis.query.search;

import io.elpis.model.error.ElpisException;
import io.elpis.model.result.Hit;
import io.elpis.model.result.HitOrder;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.error.ErrorWire;
import io.elpis.protocol.node.HitContent;
import io.elpis.protocol.node.HitWire;
import io.elpis.protocol.node.SearchRequest;
import io.elpis.protocol.node.SearchResponse;
import io.elpis.protocol.node.ShardAnswer;
import io.elpis.protocol.node.ShardWire;
import io.elpis.protocol.record.Position;
import io.elpis.query.lucene.QueryTranslator;
import io.elpis.query.lucene.SystemField;
import io.elpis.query.replica.CopyView;
import io.elpis.query.replica.HostedCopy;
import io.elpis.query.replica.ShardCopy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.jspecify.annotations.Nullable;

/**
 * Searches the shards of a request one after the other and answers with their common best hits. Shards that do not
 * answer are told as such; the others' hits stand.
 */
public final class NodeSearch {
    private final Function<ShardId, @Nullable HostedCopy> copies;
    private final Leases leases;
    private final long answerLimit;

    /** @param answerLimit bytes of hits in one answer */
    public NodeSearch(Function<ShardId, @Nullable HostedCopy> copies, Leases leases, long answerLimit) {
        this.copies = copies;
        this.leases = leases;
        this.answerLimit = answerLimit;
    }

    /**
     * @param readiness of shards of which something is demanded, by their place in the request
     * @throws CancellationException when nobody waits for the answer any more
     * @throws io.elpis.model.error.ElpisException CIRCUIT_BREAKING when the hits are too large for one answer
     */
    public SearchResponse.Builder search(SearchRequest request, Map<Integer, Readiness> readiness, Budget budget) {
        Run run = new Run(request, readiness, budget);
        boolean leased = false;
        try {
            run.searchAll();
            SearchResponse.Builder response = run.answer();
            if (!request.hasInlineFetch() && response.getHitsCount() > 0) {
                response.setLease(leases.grant(run.views));
                leased = true;
            }
            return response;
        } finally {
            if (!leased) {
                Leases.release(run.views);
            }
        }
    }

    private final class Run {
        private final SearchRequest request;
        private final Map<Integer, Readiness> readiness;
        private final Budget budget;
        private final ShardQueryPlan plan;
        private final List<@Nullable CopyView> views = new ArrayList<>();
        private final List<@Nullable ShardTarget> targets = new ArrayList<>();
        private final List<ShardFindings> findings = new ArrayList<>();
        private final TopDocsQueue queue;
        private final HitCount count;
        private final List<Hit> sortedHits = new ArrayList<>();

        Run(SearchRequest request, Map<Integer, Readiness> readiness, Budget budget) {
            this.request = request;
            this.readiness = readiness;
            this.budget = budget;
            this.plan = ShardQueryPlan.read(request.getQuery());
            this.queue = new TopDocsQueue(plan.top());
            this.count = new HitCount(plan.trackTotalHits());
        }

        void searchAll() {
            for (int ordinal = 0; ordinal < request.getShardsCount(); ordinal++) {
                findings.add(searchOne(ordinal, ShardWire.read(request.getShards(ordinal))));
                checkWanted();
            }
        }

        private void checkWanted() {
            if (budget.isAbandoned()) {
                throw new CancellationException("nobody waits for the answer");
            }
        }

        private ShardFindings searchOne(int ordinal, ShardId shard) {
            views.add(null);
            targets.add(null);
            try {
                ShardTarget target = target(ordinal, shard);
                views.set(ordinal, target.view());
                targets.set(ordinal, target);
                return searchOne(target);
            } catch (IOException | RuntimeException failure) {
                return ShardFindings.failed(ShardTrouble.told(failure, shard));
            }
        }

        /** A shard that fails half way leaves nothing behind. */
        private ShardFindings searchOne(ShardTarget target) {
            long counted = count.counted();
            int sorted = sortedHits.size();
            queue.begin(target.ordinal());
            try {
                return search(target);
            } catch (IOException | RuntimeException failure) {
                queue.forget();
                count.backTo(counted);
                sortedHits.subList(sorted, sortedHits.size()).clear();
                return ShardFindings.failed(ShardTrouble.told(failure, target.shard()));
            }
        }

        /** Once more, without the shards that have failed: their hits kept others out. */
        private void searchOthers() {
            count.backTo(0);
            sortedHits.clear();
            for (ShardTarget target : targets) {
                if (target != null && findings.get(target.ordinal()).failure() == null) {
                    findings.set(target.ordinal(), searchOne(target));
                    checkWanted();
                }
            }
        }

        private ShardTarget target(int ordinal, ShardId shard) throws IOException {
            return switch (readiness.get(ordinal)) {
                case Readiness.NotReady(ElpisException why) -> throw why;
                case Readiness.Ready(Demand demand) -> target(ordinal, shard, demand);
                case null -> target(ordinal, shard, null);
            };
        }

        private ShardTarget target(int ordinal, ShardId shard, @Nullable Demand demand) throws IOException {
            HostedCopy hosted = copies.apply(shard);
            ShardCopy copy = hosted == null ? null : hosted.serving();
            if (hosted == null || copy == null) {
                throw ShardTrouble.notHere(shard);
            }
            hosted.beforeSearch();
            CopyView view = demand == null ? copy.acquire() : demand.acquire(copy);
            return new ShardTarget(ordinal, shard, copy.log().generation(), view);
        }

        private ShardFindings search(ShardTarget target) throws IOException {
            QueryTranslator translator = new QueryTranslator(
                    target.view().schema(), plan.now(), target.view().hasTombstones());
            Query query = translator.translate(plan.query());
            IndexSearcher searcher = target.searcher(budget);
            if (plan.top() == 0 && !plan.hasMinScore()) {
                return count(searcher, query);
            }
            return plan.isByScore() || plan.top() == 0
                    ? byScore(target, searcher, query)
                    : new FieldSortSearch(plan, target).search(searcher, query, budget, sortedHits);
        }

        private ShardFindings count(IndexSearcher searcher, Query query) throws IOException {
            long hits = plan.countsNothing() ? 0 : searcher.count(query);
            return new ShardFindings(hits, budget.isTimedOut(), Float.NaN, budget.isTimedOut(), null);
        }

        private ShardFindings byScore(ShardTarget target, IndexSearcher searcher, Query query) throws IOException {
            ScoreCollector collector = new ScoreCollector(target.ordinal(), queue, count, plan.minScore());
            searcher.search(query, only(collector));
            return new ShardFindings(
                    plan.countsNothing() ? 0 : collector.hits(),
                    collector.isLowerBound(),
                    collector.maxScore(),
                    budget.isTimedOut(),
                    null);
        }

        SearchResponse.Builder answer() {
            SearchResponse.Builder response = SearchResponse.newBuilder();
            while (!addHits(response)) {
                response.clearHits();
                searchOthers();
            }
            for (int ordinal = 0; ordinal < findings.size(); ordinal++) {
                response.addShards(shardAnswer(findings.get(ordinal), targets.get(ordinal)));
            }
            return response;
        }

        /** @return false when a hit could not be read, and its shard has failed by that */
        private boolean addHits(SearchResponse.Builder response) {
            ContentReader contents = contents();
            AnswerSize size = new AnswerSize(answerLimit);
            try {
                if (plan.isByScore()) {
                    for (ScoredDoc hit : queue.drain()) {
                        response.addHits(size.with(hit(hit, contents)));
                    }
                } else {
                    addSorted(response, contents, size);
                }
                return true;
            } catch (UnreadableHit unreadable) {
                ShardId shard = ShardWire.read(request.getShards(unreadable.shardOrdinal()));
                queue.drain();
                findings.set(
                        unreadable.shardOrdinal(), ShardFindings.failed(ShardTrouble.told(unreadable.reason(), shard)));
                return false;
            }
        }

        private @Nullable ContentReader contents() {
            return request.hasInlineFetch()
                    ? new ContentReader(request.getInlineFetch(), plan.query(), plan.now())
                    : null;
        }

        private io.elpis.protocol.node.Hit hit(ScoredDoc found, @Nullable ContentReader contents) {
            try {
                return read(found, contents);
            } catch (IOException | RuntimeException failure) {
                throw new UnreadableHit(found.shardOrdinal(), failure);
            }
        }

        private io.elpis.protocol.node.Hit read(ScoredDoc found, @Nullable ContentReader contents) throws IOException {
            CopyView view = view(found.shardOrdinal());
            List<LeafReaderContext> leaves = view.reader().leaves();
            LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(found.doc(), leaves));
            io.elpis.protocol.node.Hit.Builder hit = io.elpis.protocol.node.Hit.newBuilder()
                    .setShardOrdinal(found.shardOrdinal())
                    .setScore(found.score())
                    .setId(HitIds.read(leaf, found.doc()))
                    .setTie(SystemField.tie(found.tie()))
                    .setDoc(found.doc());
            if (!plan.sort().isEmpty()) {
                hit.addSortBuilder().setDecimal(found.score());
            }
            if (contents != null) {
                hit.setContent(contents.read(view, found.doc()));
            }
            return hit.build();
        }

        private void addSorted(SearchResponse.Builder response, @Nullable ContentReader contents, AnswerSize size) {
            sortedHits.sort(new HitOrder(plan.sort()));
            for (Hit hit : sortedHits.subList(0, Math.min(plan.top(), sortedHits.size()))) {
                int ordinal = ordinal(hit.shard());
                io.elpis.protocol.node.Hit wire = HitWire.write(hit, ordinal);
                response.addHits(size.with(contents == null ? wire : withContent(wire, contents)));
            }
        }

        private io.elpis.protocol.node.Hit withContent(io.elpis.protocol.node.Hit hit, ContentReader contents) {
            try {
                HitContent content = contents.read(view(hit.getShardOrdinal()), hit.getDoc());
                return hit.toBuilder().setContent(content).build();
            } catch (IOException | RuntimeException failure) {
                throw new UnreadableHit(hit.getShardOrdinal(), failure);
            }
        }

        private int ordinal(ShardId shard) {
            for (ShardTarget target : targets) {
                if (target != null && target.shard().equals(shard)) {
                    return target.ordinal();
                }
            }
            throw new IllegalStateException("hit of a shard that was not searched: " + shard);
        }

        private CopyView view(int ordinal) {
            CopyView view = views.get(ordinal);
            if (view == null) {
                throw new IllegalStateException("hit of a shard that was not searched");
            }
            return view;
        }
    }

    private static ShardAnswer shardAnswer(ShardFindings found, @Nullable ShardTarget target) {
        ShardAnswer.Builder answer = ShardAnswer.newBuilder()
                .setTotalHits(found.totalHits())
                .setTotalIsLowerBound(found.lowerBound())
                .setMaxScore(found.maxScore())
                .setTimedOut(found.timedOut());
        if (found.failure() != null) {
            answer.setFailure(ErrorWire.write(found.failure()));
        }
        if (target != null) {
            answer.setVisible(Position.newBuilder()
                    .setGeneration(target.generation())
                    .setOffset(target.view().seenOffset()));
        }
        return answer.build();
    }

    /** The searchers here have one thread each, so that one collector sees everything. */
    private static CollectorManager<Collector, Collector> only(Collector collector) {
        return new CollectorManager<>() {
            @Override
            public Collector newCollector() {
                return collector;
            }

            @Override
            public Collector reduce(Collection<Collector> collectors) {
                return collector;
            }
        };
    }
}
