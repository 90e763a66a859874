package io.elpis.model.search;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.query.Operator;
import io.elpis.model.query.QueryNode;
import io.elpis.model.query.QueryString;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A search's URL parameters; they win over the body. */
public final class SearchParameters {
    /** All that {@link #apply} reads. */
    public static final Set<String> NAMES = Set.of(
            "q",
            "df",
            "default_operator",
            "from",
            "size",
            "sort",
            "_source",
            "_source_includes",
            "_source_excludes",
            "track_total_hits",
            "track_scores",
            "timeout",
            "version",
            "seq_no_primary_term",
            "allow_partial_search_results");

    private final Map<String, String> parameters;

    private SearchParameters(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    /** @throws ElpisException ILLEGAL_ARGUMENT naming the parameter, PARSING for {@code q} */
    public static SearchRequest apply(SearchRequest request, Map<String, String> parameters) {
        if (parameters.isEmpty()) {
            return request;
        }
        SearchParameters given = new SearchParameters(parameters);
        SearchRequestBuilder changed = request.but()
                .from(given.number("from", request.from()))
                .size(given.number("size", request.size()))
                .source(given.source(request.source()))
                .trackScores(given.flag("track_scores", request.trackScores()))
                .version(given.flag("version", request.version()))
                .seqNoPrimaryTerm(given.flag("seq_no_primary_term", request.seqNoPrimaryTerm()));
        QueryNode query = given.query();
        if (query != null) {
            changed.query(query);
        }
        if (parameters.get("sort") instanceof String sort) {
            changed.sort(SortParser.parse(sort));
        }
        if (parameters.get("track_total_hits") instanceof String total) {
            changed.trackTotalHits(SearchRequestParser.trackTotalHits(total));
        }
        if (parameters.get("timeout") instanceof String timeout) {
            changed.timeout(SearchRequestParser.timeout(timeout));
        }
        if (parameters.containsKey("allow_partial_search_results")) {
            changed.allowPartialResults(given.flag("allow_partial_search_results", true));
        }
        return changed.build();
    }

    /** The query of {@code q}; null when there is none. */
    public static @Nullable QueryNode query(Map<String, String> parameters) {
        return new SearchParameters(parameters).query();
    }

    private @Nullable QueryNode query() {
        String text = parameters.get("q");
        if (text == null) {
            return null;
        }
        String operator = parameters.getOrDefault("default_operator", "or");
        String field = parameters.get("df");
        return QueryString.parse(
                text,
                field == null || field.isEmpty() ? null : field,
                switch (operator.toLowerCase(Locale.ROOT)) {
                    case "or" -> Operator.OR;
                    case "and" -> Operator.AND;
                    default -> throw mistake("default_operator", operator);
                });
    }

    /** What the {@code _source} parameters say, for a GET of a document as well. */
    public static SourceFilter source(Map<String, String> parameters) {
        return new SearchParameters(parameters).source(SourceFilter.ALL);
    }

    private SourceFilter source(SourceFilter plain) {
        String source = parameters.get("_source");
        String includes = parameters.getOrDefault("_source_includes", parameters.get("_source_include"));
        String excludes = parameters.getOrDefault("_source_excludes", parameters.get("_source_exclude"));
        if (source == null && includes == null && excludes == null) {
            return plain;
        }
        if ("false".equals(source)) {
            return SourceFilter.NONE;
        }
        boolean paths = source != null && !source.isEmpty() && !source.equals("true");
        return new SourceFilter(true, list(paths ? source : includes), list(excludes));
    }

    private static List<String> list(@Nullable String text) {
        return text == null || text.isEmpty() ? List.of() : List.of(text.split(","));
    }

    private int number(String name, int plain) {
        String text = parameters.get(name);
        if (text == null) {
            return plain;
        }
        try {
            return SearchRequestParser.notNegative(name, Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw mistake(name, text);
        }
    }

    private boolean flag(String name, boolean plain) {
        String text = parameters.get(name);
        if (text == null) {
            return plain;
        }
        return switch (text) {
            case "", "true" -> true;
            case "false" -> false;
            default -> throw mistake(name, text);
        };
    }

    static ElpisException mistake(String name, String value) {
        return new ElpisException(
                ErrorCode.ILLEGAL_ARGUMENT, "Failed to parse parameter [" + name + "] with value [" + value + "]");
    }
}
