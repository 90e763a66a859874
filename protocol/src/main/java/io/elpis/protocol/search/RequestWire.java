package io.elpis.protocol.search;

import io.elpis.model.search.SearchRequest;
import java.time.Duration;

/** What of a search request each shard is asked, and what the winners bring along. */
public final class RequestWire {
    private RequestWire() {}

    /** @param nowMillis the request's idea of {@code now}, milliseconds since the epoch */
    public static ShardQuery shardQuery(SearchRequest request, long nowMillis) {
        ShardQuery.Builder out = ShardQuery.newBuilder()
                .setQuery(QueryWire.write(request.query()))
                .setTop(request.top())
                .setTrackTotalHits(trackTotalHits(request))
                .setTrackScores(request.trackScores())
                .setNowMillis(nowMillis);
        request.sort().forEach(key -> out.addSort(SortWire.write(key)));
        if (request.minScore() instanceof Float minScore) {
            out.setMinScore(minScore);
        }
        if (request.timeout() instanceof Duration timeout) {
            out.setTimeoutMillis((int) Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE));
        }
        return out.build();
    }

    /** Whether there are more than none is known once one is counted; 0 has another meaning to shards. */
    private static int trackTotalHits(SearchRequest request) {
        return request.trackTotalHits() == SearchRequest.TRACK_NOTHING ? 0 : Math.max(1, request.trackTotalHits());
    }

    /** @param withQuery the query travels along for highlighting: for a fetch that comes without a {@link ShardQuery} */
    public static FetchSpec fetchSpec(SearchRequest request, boolean withQuery) {
        FetchSpec.Builder out = FetchSpec.newBuilder()
                .setSource(write(request.source()))
                .setVersion(request.version())
                .setSeqNoPrimaryTerm(request.seqNoPrimaryTerm());
        if (request.highlight() instanceof io.elpis.model.search.Highlight highlight) {
            out.setHighlight(write(highlight));
            if (withQuery) {
                out.setHighlightQuery(QueryWire.write(request.query()));
            }
        }
        return out.build();
    }

    public static SourceFilter write(io.elpis.model.search.SourceFilter filter) {
        return SourceFilter.newBuilder()
                .setDisabled(!filter.enabled())
                .addAllIncludes(filter.includes())
                .addAllExcludes(filter.excludes())
                .build();
    }

    public static io.elpis.model.search.SourceFilter read(SourceFilter in) {
        return new io.elpis.model.search.SourceFilter(!in.getDisabled(), in.getIncludesList(), in.getExcludesList());
    }

    public static Highlight write(io.elpis.model.search.Highlight highlight) {
        Highlight.Builder out = Highlight.newBuilder()
                .addAllPreTags(highlight.preTags())
                .addAllPostTags(highlight.postTags())
                .setFragmentSize(highlight.fragmentSize())
                .setNumberOfFragments(highlight.numberOfFragments())
                .setRequireFieldMatch(highlight.requireFieldMatch())
                .setByScore(highlight.byScore());
        highlight.fields().forEach(field -> out.addFields(write(field)));
        return out.build();
    }

    private static Highlight.Field write(io.elpis.model.search.Highlight.Field field) {
        Highlight.Field.Builder out = Highlight.Field.newBuilder().setField(field.field());
        if (field.fragmentSize() instanceof Integer size) {
            out.setFragmentSize(size);
        }
        if (field.numberOfFragments() instanceof Integer number) {
            out.setNumberOfFragments(number);
        }
        if (field.preTags() != null) {
            out.addAllPreTags(field.preTags());
        }
        if (field.postTags() != null) {
            out.addAllPostTags(field.postTags());
        }
        if (field.byScore() instanceof Boolean byScore) {
            out.setByScore(byScore);
        }
        return out.build();
    }

    public static io.elpis.model.search.Highlight read(Highlight in) {
        return new io.elpis.model.search.Highlight(
                in.getFieldsList().stream().map(RequestWire::read).toList(),
                in.getPreTagsList(),
                in.getPostTagsList(),
                in.getFragmentSize(),
                in.getNumberOfFragments(),
                in.getRequireFieldMatch(),
                in.getByScore());
    }

    private static io.elpis.model.search.Highlight.Field read(Highlight.Field in) {
        return new io.elpis.model.search.Highlight.Field(
                in.getField(),
                in.hasFragmentSize() ? (Integer) in.getFragmentSize() : null,
                in.hasNumberOfFragments() ? (Integer) in.getNumberOfFragments() : null,
                in.getPreTagsCount() == 0 ? null : in.getPreTagsList(),
                in.getPostTagsCount() == 0 ? null : in.getPostTagsList(),
                in.hasByScore() ? (Boolean) in.getByScore() : null);
    }
}
