package io.elpis.aggregator.rest;

import io.elpis.aggregator.search.SearchCall;
import io.elpis.aggregator.search.SearchService;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.indices.ShardLimit;
import io.elpis.model.query.QueryNode;
import io.elpis.model.search.SearchParameters;
import io.elpis.model.search.SearchRequest;
import io.elpis.model.search.SearchRequestParser;
import io.elpis.model.search.SourceFilter;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Searches and counts, from request to answer. */
final class SearchDoor {
    private static final String AS_INT = "rest_total_hits_as_int";
    private static final Set<String> INDICES = Set.of(
            "consistency",
            "ignore_unavailable",
            "allow_no_indices",
            "expand_wildcards",
            "ignore_throttled",
            "routing",
            "preference");
    private static final Set<String> SEARCH = union(
            INDICES,
            SearchParameters.NAMES,
            Set.of(
                    AS_INT,
                    "_source_include",
                    "_source_exclude",
                    "search_type",
                    "batched_reduce_size",
                    "max_concurrent_shard_requests",
                    "pre_filter_shard_size",
                    "request_cache",
                    "ccs_minimize_roundtrips",
                    "typed_keys",
                    "cancel_after_time_interval",
                    "phase_took"));
    private static final Set<String> COUNT = union(INDICES, Set.of("q", "df", "default_operator"));

    private final SearchService searches;

    SearchDoor(SearchService searches) {
        this.searches = searches;
    }

    @SafeVarargs
    private static Set<String> union(Set<String>... sets) {
        return Stream.of(sets).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }

    CompletableFuture<Answer> search(Route.Search route, Incoming incoming) {
        Parameters parameters = incoming.parameters();
        parameters.refuseUnknown(SEARCH, incoming.path());
        boolean asInt = parameters.flag(AS_INT, false);
        SearchRequest request = SearchParameters.apply(SearchRequestParser.parse(incoming.body()), parameters.values());
        if (asInt) {
            request = counted(request, parameters);
        }
        return Followed.by(
                searches.search(call(route.index(), request, incoming)),
                result -> Answer.ok(
                        SearchJson.expected(result.page()),
                        AnswerHeaders.of(incoming.reading()),
                        out -> SearchJson.page(result, asInt, out)));
    }

    /** A total that is one number must be exact. */
    private static SearchRequest counted(SearchRequest request, Parameters parameters) {
        int tracked = request.trackTotalHits();
        if (tracked == SearchRequest.TRACK_NOTHING || tracked == SearchRequest.TRACK_EXACTLY) {
            return request;
        }
        if (tracked != SearchRequest.DEFAULT_TRACK_TOTAL_HITS || parameters.has("track_total_hits")) {
            throw new ElpisException(
                    ErrorCode.ILLEGAL_ARGUMENT,
                    "[rest_total_hits_as_int] cannot be used if the tracking of total hits is not accurate, got "
                            + tracked);
        }
        return request.but().trackTotalHits(SearchRequest.TRACK_EXACTLY).build();
    }

    CompletableFuture<Answer> count(Route.Count route, Incoming incoming) {
        Parameters parameters = incoming.parameters();
        parameters.refuseUnknown(COUNT, incoming.path());
        QueryNode asked = SearchParameters.query(parameters.values());
        QueryNode query = asked != null ? asked : SearchRequestParser.parseQuery(incoming.body());
        return Followed.by(
                searches.search(call(route.index(), counting(query), incoming)),
                result -> Answer.ok(256, AnswerHeaders.of(incoming.reading()), out -> SearchJson.count(result, out)));
    }

    private static SearchRequest counting(QueryNode query) {
        return SearchRequest.of(query)
                .but()
                .size(0)
                .source(SourceFilter.NONE)
                .trackTotalHits(SearchRequest.TRACK_EXACTLY)
                .build();
    }

    private static SearchCall call(String index, SearchRequest request, Incoming incoming) {
        if (Boolean.TRUE.equals(request.allowPartialResults())
                && !incoming.reading().isEventual()) {
            throw new ElpisException(
                    ErrorCode.ILLEGAL_ARGUMENT,
                    "[allow_partial_search_results] cannot be true for a read that is [" + incoming.reading()
                            + "]: what it has to see may be in the shards that are missing");
        }
        return new SearchCall(
                index,
                incoming.parameters().indices(),
                ShardLimit.of(
                        incoming.parameters().list("routing"),
                        incoming.parameters().text("preference")),
                request,
                incoming.reading(),
                incoming.authorization());
    }
}
