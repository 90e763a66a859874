package io.elpis.model.query;

import io.elpis.model.body.BodyReader;
import io.elpis.model.body.JsonBody;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;

/** Reads OpenSearch's query DSL. Mistakes are PARSING errors with line and column. */
public final class QueryParser {
    /** Two messages a level on the wire, whose readers stop at 100. */
    public static final int MAX_DEPTH = 40;

    static final int MAX_CLAUSES = 1024;

    private final BodyReader in;
    private final LeafQueries leaves;
    private int depth;
    private int clauses;

    private QueryParser(BodyReader in) {
        this.in = in;
        this.leaves = new LeafQueries(in);
    }

    /** Reads the query whose start the reader is at, and leaves the reader at its end. */
    public static QueryNode parse(BodyReader in) {
        return new QueryParser(in).query();
    }

    private QueryNode query() {
        in.expect(JsonToken.START_OBJECT, "[_na] query malformed, must start with start_object");
        if (++depth > MAX_DEPTH) {
            throw in.mistake("query is nested deeper than [" + MAX_DEPTH + "] levels");
        }
        if (++clauses > MAX_CLAUSES) {
            throw in.mistake("failed to create query: maxClauseCount is set to " + MAX_CLAUSES);
        }
        if (in.next() != JsonToken.PROPERTY_NAME) {
            throw in.mistake(ErrorCode.ILLEGAL_ARGUMENT, "query malformed, empty clause found");
        }
        String name = in.name();
        TokenStreamLocation place = in.place();
        in.next();
        QueryNode node = checked(name, place);
        if (in.next() != JsonToken.END_OBJECT) {
            throw in.mistake(
                    "[" + name + "] malformed query, expected [END_OBJECT] but found [" + in.tokenName() + "]");
        }
        depth--;
        return node;
    }

    private QueryNode checked(String name, TokenStreamLocation place) {
        try {
            return named(name, place);
        } catch (IllegalArgumentException e) {
            throw JsonBody.at(place, "[" + name + "] " + e.getMessage());
        }
    }

    private QueryNode named(String name, TokenStreamLocation place) {
        if (!isKnown(name)) {
            throw JsonBody.at(place, "unknown query [" + name + "]");
        }
        in.expect(JsonToken.START_OBJECT, "[" + name + "] query malformed, no start_object after query name");
        return switch (name) {
            case "bool" -> bool();
            case "constant_score" -> constantScore();
            case "match_all" -> new QueryNode.MatchAll(leaves.boostOnly(name));
            case "match_none" -> {
                leaves.boostOnly(name);
                yield new QueryNode.MatchNone();
            }
            case "term" -> leaves.term();
            case "terms" -> leaves.terms();
            case "match" -> leaves.match();
            case "match_phrase" -> leaves.matchPhrase();
            case "multi_match" -> leaves.multiMatch();
            case "range" -> leaves.range();
            case "exists" -> leaves.exists();
            case "ids" -> leaves.ids();
            default -> throw new IllegalStateException(name);
        };
    }

    private static boolean isKnown(String name) {
        return switch (name) {
            case "bool",
                    "constant_score",
                    "match_all",
                    "match_none",
                    "term",
                    "terms",
                    "match",
                    "match_phrase",
                    "multi_match",
                    "range",
                    "exists",
                    "ids" -> true;
            default -> false;
        };
    }

    private QueryNode bool() {
        List<QueryNode> must = new ArrayList<>();
        List<QueryNode> filter = new ArrayList<>();
        List<QueryNode> should = new ArrayList<>();
        List<QueryNode> mustNot = new ArrayList<>();
        CommonParameters common = new CommonParameters(in, "bool");
        for (String name = in.nextMember(); name != null; name = in.nextMember()) {
            switch (name) {
                case "must" -> clauses(name, must);
                case "filter" -> clauses(name, filter);
                case "should" -> clauses(name, should);
                case "must_not", "mustNot" -> clauses(name, mustNot);
                case "minimum_should_match" -> common.minimumShouldMatch();
                case "adjust_pure_negative" -> in.flag(name);
                default -> common.boostOrRefuse(name);
            }
        }
        return new QueryNode.Bool(must, filter, should, mustNot, common.minimumShouldMatch, common.boost);
    }

    /** One query, or a list of them. */
    private void clauses(String name, List<QueryNode> clausesOfKind) {
        if (in.isAt(JsonToken.START_OBJECT)) {
            clausesOfKind.add(query());
            return;
        }
        in.expect(JsonToken.START_ARRAY, "[bool] query does not support [" + name + "] as [" + in.tokenName() + "]");
        while (in.next() != JsonToken.END_ARRAY) {
            clausesOfKind.add(query());
        }
    }

    private QueryNode constantScore() {
        QueryNode filter = null;
        CommonParameters common = new CommonParameters(in, "constant_score");
        for (String name = in.nextMember(); name != null; name = in.nextMember()) {
            if (name.equals("filter")) {
                filter = query();
            } else {
                common.boostOrRefuse(name);
            }
        }
        if (filter == null) {
            throw in.mistake("[constant_score] requires a 'filter' element");
        }
        return new QueryNode.ConstantScore(filter, common.boost);
    }

    static ElpisException unsupported(BodyReader in, String query, String parameter) {
        return in.mistake("[" + query + "] query does not support [" + parameter + "]");
    }
}
