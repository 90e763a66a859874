package io.elpis.aggregator.rest;

import io.elpis.aggregator.merge.Page;
import io.elpis.aggregator.merge.SearchPhaseException;
import io.elpis.aggregator.merge.ShardFailure;
import io.elpis.aggregator.merge.Winner;
import io.elpis.aggregator.search.SearchResult;
import io.elpis.model.result.TotalHits;
import io.elpis.model.search.SearchRequest;
import io.elpis.protocol.node.HighlightedField;
import io.elpis.protocol.node.Hit;
import io.elpis.protocol.node.HitContent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pages, counts and their failure in OpenSearch's JSON. */
final class SearchJson {
    private static final int ENVELOPE = 512;
    private static final int PER_HIT = 256;

    private SearchJson() {}

    /** About how many bytes {@link #page} will write. */
    static int expected(Page page) {
        int size = ENVELOPE;
        for (Winner winner : page.winners()) {
            HitContent content = winner.content();
            size += PER_HIT + (content == null ? 0 : content.getSource().size());
        }
        return size;
    }

    /** @param totalAsInt {@code rest_total_hits_as_int} */
    static void page(SearchResult result, boolean totalAsInt, JsonOut out) {
        Page page = result.page();
        out.open('{');
        out.name("took").number(result.tookMillis());
        out.name("timed_out").flag(page.coverage().timedOut());
        ShardsJson.shards(page.coverage(), out);
        out.name("hits").open('{');
        total(page.total(), result.request(), totalAsInt, out);
        out.name("max_score").number(page.maxScore());
        out.name("hits").open('[');
        for (Winner winner : page.winners()) {
            out.element();
            hit(winner, result.request(), out);
        }
        out.close(']').close('}').close('}');
    }

    private static void total(TotalHits total, SearchRequest request, boolean asInt, JsonOut out) {
        boolean tracked = request.trackTotalHits() != SearchRequest.TRACK_NOTHING;
        if (asInt) {
            out.name("total").number(tracked ? total.value() : -1);
        } else if (tracked) {
            out.name("total").open('{');
            out.name("value").number(total.value());
            out.name("relation").text(total.relation() == TotalHits.Relation.EQUAL_TO ? "eq" : "gte");
            out.close('}');
        }
    }

    private static void hit(Winner winner, SearchRequest request, JsonOut out) {
        Hit hit = winner.hit();
        HitContent content = winner.content() == null ? HitContent.getDefaultInstance() : winner.content();
        out.open('{');
        out.name("_index").text(winner.target().index().name().value());
        out.name("_id").text(hit.getId());
        if (request.version()) {
            out.name("_version").number(content.getVersion());
        }
        if (request.seqNoPrimaryTerm()) {
            out.name("_seq_no").number(content.getSeqNo());
            out.name("_primary_term").number(content.getPrimaryTerm());
        }
        out.name("_score").number(hit.getScore());
        if (!content.getRouting().isEmpty()) {
            out.name("_routing").text(content.getRouting());
        }
        if (content.hasSource()) {
            out.name("_source").raw(content.getSource());
        }
        if (content.getHighlightCount() > 0) {
            highlight(content, out);
        }
        if (hit.getSortCount() > 0) {
            SortJson.sort(hit, request.sort(), out);
        }
        out.close('}');
    }

    private static void highlight(HitContent content, JsonOut out) {
        out.name("highlight").open('{');
        for (HighlightedField field : content.getHighlightList()) {
            out.anyName(field.getField()).open('[');
            for (String fragment : field.getFragmentsList()) {
                out.element().text(fragment);
            }
            out.close(']');
        }
        out.close('}');
    }

    static void count(SearchResult result, JsonOut out) {
        out.open('{');
        out.name("count").number(result.page().total().value());
        ShardsJson.shards(result.page().coverage(), out);
        out.close('}');
    }

    /** OpenSearch's {@code search_phase_execution_exception}, like causes told once. */
    static void failure(SearchPhaseException failure, JsonOut out) {
        Map<String, ShardFailure> causes = new LinkedHashMap<>();
        for (ShardFailure shard : failure.coverage().failures()) {
            causes.putIfAbsent(
                    shard.target().index().name() + " " + shard.reason().code() + " "
                            + shard.reason().reason(),
                    shard);
        }
        out.open('{').name("error").open('{');
        out.name("root_cause").open('[');
        for (ShardFailure cause : causes.values()) {
            out.element().open('{');
            ShardsJson.cause(cause, out);
            out.close('}');
        }
        out.close(']');
        out.name("type").text("search_phase_execution_exception");
        out.name("reason").text(failure.reason());
        out.name("phase").text("query");
        out.name("grouped").flag(true);
        out.name("failed_shards");
        ShardsJson.failures(List.copyOf(causes.values()), out);
        out.close('}');
        out.name("status").number(failure.httpStatus());
        out.close('}');
    }
}
