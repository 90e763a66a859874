package io.elpis.model.search;

import io.elpis.model.body.BodyReader;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.query.QueryNode;
import io.elpis.model.query.QueryParser;
import io.elpis.model.time.TimeValue;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads the body of a search. Mistakes are told with line and column. */
public final class SearchRequestParser {
    private final BodyReader in;
    private final SearchRequestBuilder request =
            SearchRequest.of(new QueryNode.MatchAll(1f)).but();

    private SearchRequestParser(BodyReader in) {
        this.in = in;
    }

    /** @param body no bytes: everything by default */
    public static SearchRequest parse(byte[] body) {
        try (BodyReader in = new BodyReader(body)) {
            SearchRequestParser parser = new SearchRequestParser(in);
            parser.body();
            return parser.request.build();
        }
    }

    /** Reads a body that may hold a query alone, such as that of a count; no bytes: all documents. */
    public static QueryNode parseQuery(byte[] body) {
        try (BodyReader in = new BodyReader(body)) {
            QueryNode query = new QueryNode.MatchAll(1f);
            if (!in.startsObject()) {
                return query;
            }
            for (String name = in.nextMember(); name != null; name = in.nextMember()) {
                if (!name.equals("query")) {
                    throw in.mistake("request does not support [" + name + "]");
                }
                query = QueryParser.parse(in);
            }
            in.expectEnd();
            return query;
        }
    }

    private void body() {
        if (!in.startsObject()) {
            return;
        }
        for (String name = in.nextMember(); name != null; name = in.nextMember()) {
            member(name);
        }
        in.expectEnd();
    }

    private void member(String name) {
        switch (name) {
            case "query" -> request.query(QueryParser.parse(in));
            case "from" -> request.from(notNegative(name, in.whole(name)));
            case "size" -> request.size(notNegative(name, in.whole(name)));
            case "sort" -> request.sort(SortParser.parse(in));
            case "_source" -> request.source(SourceFilterParser.parse(in));
            case "highlight" -> request.highlight(HighlightParser.parse(in));
            case "track_total_hits" -> request.trackTotalHits(trackTotalHits(in.text(name)));
            case "timeout" -> request.timeout(timeout(in.text(name)));
            case "min_score" -> request.minScore(in.decimal(name));
            case "track_scores" -> request.trackScores(in.flag(name));
            case "version" -> request.version(in.flag(name));
            case "seq_no_primary_term" -> request.seqNoPrimaryTerm(in.flag(name));
            case "explain", "profile" -> {
                if (in.flag(name)) {
                    throw in.mistake(ErrorCode.ILLEGAL_ARGUMENT, "[" + name + "] is not supported");
                }
            }
            default -> throw in.mistake("Unknown key for a " + in.tokenName() + " in [" + name + "].");
        }
    }

    static int notNegative(String name, int number) {
        if (number < 0) {
            throw new ElpisException(
                    ErrorCode.ILLEGAL_ARGUMENT, "[" + name + "] parameter cannot be negative, found [" + number + "]");
        }
        return number;
    }

    /** {@code true}, {@code false} (or -1, its number), or up to how many. */
    static int trackTotalHits(String text) {
        return switch (text) {
            case "true" -> SearchRequest.TRACK_EXACTLY;
            case "false", "-1" -> SearchRequest.TRACK_NOTHING;
            default -> {
                try {
                    int upTo = Integer.parseInt(text);
                    if (upTo >= 0) {
                        yield upTo;
                    }
                } catch (NumberFormatException e) {
                    // Told below.
                }
                throw new ElpisException(
                        ErrorCode.ILLEGAL_ARGUMENT,
                        "[track_total_hits] parameter must be positive or equals to -1, got " + text);
            }
        };
    }

    /** Null: none. */
    static @Nullable Duration timeout(String text) {
        Duration timeout = TimeValue.parse(text, "timeout");
        return timeout.isNegative() || timeout.isZero() ? null : timeout;
    }
}
