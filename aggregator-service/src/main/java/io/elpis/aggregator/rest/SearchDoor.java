package io.elpis.aggregator.rest;

import io.elpis.aggregator.search.SearchCall;
import io.elpis.aggregator.search.SearchService;
import io.elpis.model.query.QueryNode;
import io.elpis.model.search.SearchRequest;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Searches and counts, from request to answer. */
final class SearchDoor {
    private static final Set<String> INDICES = Set.of(
            "ignore_unavailable", "allow_no_indices", "expand_wildcards", "ignore_throttled", "routing", "preference");
    private static final Set<String> SEARCH = Stream.concat(
                    Stream.concat(INDICES.stream(), SearchParameters.KNOWN.stream()),
                    Stream.of(
                            "rest_total_hits_as_int",
                            "search_type",
                            "batched_reduce_size",
                            "max_concurrent_shard_requests",
                            "pre_filter_shard_size",
                            "request_cache",
                            "ccs_minimize_roundtrips",
                            "typed_keys",
                            "cancel_after_time_interval",
                            "phase_took"))
            .collect(Collectors.toUnmodifiableSet());
    private static final Set<String> COUNT =
            Stream.concat(INDICES.stream(), SearchParameters.QUERY.stream()).collect(Collectors.toUnmodifiableSet());

    private final SearchService searches;
    private final SearchBodies bodies;

    SearchDoor(SearchService searches, SearchBodies bodies) {
        this.searches = searches;
        this.bodies = bodies;
    }

    CompletableFuture<Answer> search(Route.Search route, Incoming incoming) {
        Parameters parameters = incoming.parameters();
        SearchRequest request = bodies.search(incoming.body());
        boolean totalAsInt = false;
        if (!parameters.isEmpty()) {
            parameters.refuseUnknown(SEARCH, incoming.path());
            request = SearchParameters.over(request, parameters);
            totalAsInt = parameters.flag("rest_total_hits_as_int", false);
        }
        boolean asInt = totalAsInt;
        CompletableFuture<io.elpis.aggregator.search.SearchResult> search =
                searches.search(call(route.index(), request, incoming));
        return followed(search)
                .then(result ->
                        Answer.ok(SearchJson.expected(result.page()), out -> SearchJson.page(result, asInt, out)));
    }

    CompletableFuture<Answer> count(Route.Count route, Incoming incoming) {
        Parameters parameters = incoming.parameters();
        parameters.refuseUnknown(COUNT, incoming.path());
        QueryNode query = SearchParameters.query(bodies.count(incoming.body()), parameters);
        SearchRequest plain = SearchRequest.of(query);
        SearchRequest request = new SearchRequest(
                plain.query(),
                0,
                0,
                plain.sort(),
                plain.source(),
                null,
                SearchRequest.TRACK_EXACTLY,
                null,
                parameters.has("min_score") ? Float.valueOf(SearchParameters.decimal(parameters, "min_score")) : null,
                false,
                false,
                false,
                null);
        return followed(searches.search(call(route.index(), request, incoming)))
                .then(result -> Answer.ok(256, out -> SearchJson.count(result, out)));
    }

    private static SearchCall call(String index, SearchRequest request, Incoming incoming) {
        return new SearchCall(
                index,
                incoming.parameters().indices(),
                incoming.parameters().list("routing"),
                request,
                incoming.authorization());
    }

    private static <T> Followed<T> followed(CompletableFuture<T> source) {
        return new Followed<>(source);
    }

    /** Cancelling what {@link #then} returns cancels the source, unlike with {@code thenApply}. */
    private record Followed<T>(CompletableFuture<T> source) {
        CompletableFuture<Answer> then(java.util.function.Function<T, Answer> step) {
            CompletableFuture<Answer> answer = new CompletableFuture<>() {
                @Override
                public boolean cancel(boolean mayInterruptIfRunning) {
                    source.cancel(mayInterruptIfRunning);
                    return super.cancel(mayInterruptIfRunning);
                }
            };
            var unused = source.whenComplete((result, failure) -> {
                if (failure == null) {
                    answer.complete(step.apply(result));
                } else {
                    answer.completeExceptionally(failure);
                }
            });
            return answer;
        }
    }
}
