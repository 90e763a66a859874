package io.elpis.aggregator.rest;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.query.FieldBoost;
import io.elpis.model.query.Operator;
import io.elpis.model.query.QueryNode;
import io.elpis.model.query.ZeroTerms;
import io.elpis.model.search.SearchRequest;
import io.elpis.model.search.SortKey;
import io.elpis.model.search.SortOrder;
import io.elpis.model.search.SourceFilter;
import io.elpis.model.time.TimeValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a query string changes in a search; it wins over the body. */
final class SearchParameters {
    static final Set<String> QUERY = Set.of("q", "df", "default_operator", "analyzer", "lenient", "min_score");
    static final Set<String> KNOWN = Set.of(
            "q",
            "df",
            "default_operator",
            "analyzer",
            "lenient",
            "from",
            "size",
            "sort",
            "_source",
            "_source_includes",
            "_source_excludes",
            "_source_include",
            "_source_exclude",
            "track_total_hits",
            "track_scores",
            "timeout",
            "version",
            "seq_no_primary_term",
            "allow_partial_search_results");

    private SearchParameters() {}

    static SearchRequest over(SearchRequest body, Parameters parameters) {
        SourceFilter source = parameters.source();
        String timeout = parameters.text("timeout");
        return new SearchRequest(
                query(body.query(), parameters),
                notNegative("from", parameters.number("from", body.from())),
                notNegative("size", parameters.number("size", body.size())),
                parameters.has("sort") ? sort(parameters) : body.sort(),
                source == null ? body.source() : source,
                body.highlight(),
                trackTotalHits(body.trackTotalHits(), parameters),
                timeout == null ? body.timeout() : positive(TimeValue.parse(timeout, "timeout")),
                body.minScore(),
                parameters.flag("track_scores", body.trackScores()),
                parameters.flag("version", body.version()),
                parameters.flag("seq_no_primary_term", body.seqNoPrimaryTerm()),
                parameters.has("allow_partial_search_results")
                        ? Boolean.valueOf(parameters.flag("allow_partial_search_results", true))
                        : body.allowPartialResults());
    }

    private static @Nullable Duration positive(Duration timeout) {
        return timeout.isPositive() ? timeout : null;
    }

    private static int notNegative(String name, int number) {
        if (number < 0) {
            throw new ElpisException(
                    ErrorCode.ILLEGAL_ARGUMENT, "[" + name + "] parameter cannot be negative, found [" + number + "]");
        }
        return number;
    }

    private static int trackTotalHits(int body, Parameters parameters) {
        String value = parameters.text("track_total_hits");
        if (parameters.flag("rest_total_hits_as_int", false)) {
            if (value != null && !value.equals("true") && !value.equals("false")) {
                throw new ElpisException(
                        ErrorCode.ILLEGAL_ARGUMENT,
                        "[rest_total_hits_as_int] cannot be used if the tracking of total hits is not accurate, got "
                                + value);
            }
            return "false".equals(value) ? SearchRequest.TRACK_NOTHING : SearchRequest.TRACK_EXACTLY;
        }
        return switch (value) {
            case null -> body;
            case "", "true" -> SearchRequest.TRACK_EXACTLY;
            case "false" -> SearchRequest.TRACK_NOTHING;
            default -> notNegative("track_total_hits", parameters.number("track_total_hits", body));
        };
    }

    private static List<SortKey> sort(Parameters parameters) {
        List<SortKey> keys = new ArrayList<>();
        for (String part : parameters.list("sort")) {
            int colon = part.lastIndexOf(':');
            String field = colon < 0 ? part : part.substring(0, colon);
            String order = colon < 0 ? "" : part.substring(colon + 1);
            keys.add(key(field, order));
        }
        return keys.size() == 1
                        && keys.getFirst() instanceof SortKey.ByScore(SortOrder order)
                        && order == SortOrder.DESC
                ? List.of()
                : keys;
    }

    private static SortKey key(String field, String order) {
        boolean score = field.equals("_score");
        SortOrder direction = switch (order) {
            case "" -> score ? SortOrder.DESC : SortOrder.ASC;
            case "asc" -> SortOrder.ASC;
            case "desc" -> SortOrder.DESC;
            default -> throw new ElpisException(ErrorCode.ILLEGAL_ARGUMENT, "Unknown SortOrder [" + order + "]");
        };
        if (score) {
            return new SortKey.ByScore(direction);
        }
        return field.equals("_doc") ? new SortKey.ByDoc(direction) : SortKey.ByField.of(field, direction);
    }

    /**
     * {@code q}: words, or {@code field:words}. Of the query string's further syntax only {@code *} for everything is
     * known.
     */
    static QueryNode query(QueryNode body, Parameters parameters) {
        String q = parameters.text("q");
        if (q == null || q.isEmpty()) {
            return body;
        }
        if (q.equals("*") || q.equals("*:*")) {
            return new QueryNode.MatchAll(1f);
        }
        Operator operator = "and".equalsIgnoreCase(parameters.text("default_operator")) ? Operator.AND : Operator.OR;
        int colon = q.indexOf(':');
        String field =
                colon > 0 && q.substring(0, colon).matches("[\\w.@-]+") ? q.substring(0, colon) : parameters.text("df");
        String text = colon > 0 && field != null && q.startsWith(field + ":") ? q.substring(colon + 1) : q;
        boolean lenient = parameters.flag("lenient", field == null);
        String analyzer = parameters.text("analyzer");
        if (field != null) {
            return new QueryNode.Match(field, text, operator, null, analyzer, lenient, ZeroTerms.NONE, 1f);
        }
        return new QueryNode.MultiMatch(
                List.<FieldBoost>of(),
                text,
                QueryNode.MultiMatch.Type.BEST_FIELDS,
                operator,
                null,
                null,
                analyzer,
                lenient,
                0,
                ZeroTerms.NONE,
                1f);
    }

    static float decimal(Parameters parameters, String name) {
        String value = String.valueOf(parameters.text(name));
        try {
            return Float.parseFloat(value);
        } catch (NumberFormatException e) {
            throw new ElpisException(
                    ErrorCode.ILLEGAL_ARGUMENT,
                    "Failed to parse float parameter [" + name + "] with value [" + value + "]");
        }
    }
}
