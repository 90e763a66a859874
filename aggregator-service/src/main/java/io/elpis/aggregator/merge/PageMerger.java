package io.elpis.aggregator.merge;

import io.elpis.aggregator.plan.ShardTarget;
import io.elpis.aggregator.scatter.Gathered;
import io.elpis.aggregator.scatter.NodeAnswer;
import io.elpis.model.result.SortValue;
import io.elpis.model.result.TopHits;
import io.elpis.model.result.TopHitsMerger;
import io.elpis.model.result.TotalHits;
import io.elpis.model.result.TotalHits.Relation;
import io.elpis.model.search.SearchRequest;
import io.elpis.protocol.node.Hit;
import io.elpis.protocol.node.ShardAnswer;
import io.elpis.protocol.search.SortWire;
import java.util.ArrayList;
import java.util.List;

/**
 * Merges node answers into the page asked for. Of an answer only the shards that it was accepted for count: the hits of
 * the others came with a faster answer, or never will.
 */
public final class PageMerger {
    private PageMerger() {}

    public static Page merge(Gathered gathered, SearchRequest request) {
        List<Winner> candidates = new ArrayList<>();
        List<TopHits> parts = new ArrayList<>(gathered.answers().size());
        for (NodeAnswer answer : gathered.answers()) {
            parts.add(part(answer, gathered.targets(), candidates));
        }
        TopHits merged = new TopHitsMerger(request.sort(), request.top()).merge(parts);
        int found = merged.hits().size();
        List<Winner> winners = new ArrayList<>(Math.max(0, found - request.from()));
        for (int at = request.from(); at < found; at++) {
            winners.add(candidates.get(merged.hits().get(at).doc()));
        }
        return new Page(Coverage.of(gathered), total(merged.total(), request), merged.maxScore(), winners);
    }

    private static TotalHits total(TotalHits counted, SearchRequest request) {
        int upTo = request.trackTotalHits();
        return upTo == SearchRequest.TRACK_NOTHING ? TotalHits.ZERO : counted.limitedTo(upTo);
    }

    /** The answer in the model's words, each hit's {@code doc} being its place among the candidates. */
    private static TopHits part(NodeAnswer answer, List<ShardTarget> targets, List<Winner> candidates) {
        TotalHits total = TotalHits.ZERO;
        float maxScore = Float.NaN;
        for (int i = 0; i < answer.ordinals().size(); i++) {
            if (answer.accepted().get(i)) {
                ShardAnswer shard = answer.response().getShards(i);
                total = total.plus(new TotalHits(
                        shard.getTotalHits(), shard.getTotalIsLowerBound() ? Relation.AT_LEAST : Relation.EQUAL_TO));
                maxScore = greater(maxScore, shard.getMaxScore());
            }
        }
        List<io.elpis.model.result.Hit> hits = new ArrayList<>(answer.response().getHitsCount());
        for (Hit hit : answer.response().getHitsList()) {
            int shard = hit.getShardOrdinal();
            if (answer.accepted().get(shard)) {
                ShardTarget target = targets.get(answer.ordinals().get(shard));
                hits.add(known(hit, target, candidates.size()));
                candidates.add(new Winner(target, answer, hit, hit.hasContent() ? hit.getContent() : null));
            }
        }
        return new TopHits(total, maxScore, hits);
    }

    private static io.elpis.model.result.Hit known(Hit hit, ShardTarget target, int candidate) {
        return new io.elpis.model.result.Hit(
                target.shard(), candidate, hit.getScore(), sort(hit), hit.getId(), hit.getTie());
    }

    private static List<SortValue> sort(Hit hit) {
        if (hit.getSortCount() == 0) {
            return List.of();
        }
        List<SortValue> values = new ArrayList<>(hit.getSortCount());
        for (int key = 0; key < hit.getSortCount(); key++) {
            values.add(SortWire.read(hit.getSort(key)));
        }
        return values;
    }

    private static float greater(float a, float b) {
        if (Float.isNaN(a)) {
            return b;
        }
        return Float.isNaN(b) ? a : Math.max(a, b);
    }
}
