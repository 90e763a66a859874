package io.elpis.model.query;

import io.elpis.model.body.BodyReader;
import io.elpis.model.error.ErrorCode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What several queries have in common, as far as it has been read. */
final class CommonParameters {
    private final BodyReader in;
    private final String query;
    float boost = 1f;

    @Nullable
    String minimumShouldMatch;

    @Nullable
    String analyzer;

    Operator operator = Operator.OR;
    ZeroTerms zeroTerms = ZeroTerms.NONE;
    boolean lenient;
    int slop;

    CommonParameters(BodyReader in, String query) {
        this.in = in;
        this.query = query;
    }

    /** A parameter that every query has. */
    void boostOrRefuse(String name) {
        switch (name) {
            case "boost" -> boost = in.decimal(name);
            default -> throw QueryParser.unsupported(in, query, name);
        }
        if (boost < 0) {
            throw in.mistake(
                    ErrorCode.ILLEGAL_ARGUMENT,
                    "negative [boost] are not allowed in [" + query + "], use a value between 0 and 1 to deboost");
        }
    }

    /** A parameter that queries for texts have. */
    void textOrRefuse(String name) {
        switch (name) {
            case "operator" -> operator = operator();
            case "minimum_should_match" -> minimumShouldMatch();
            case "lenient" -> lenient = in.flag(name);
            default -> phraseOrRefuse(name);
        }
    }

    /** A parameter that queries for phrases have. */
    void phraseOrRefuse(String name) {
        switch (name) {
            case "analyzer" -> analyzer = in.text(name);
            case "zero_terms_query" -> zeroTerms = zeroTerms();
            default -> boostOrRefuse(name);
        }
    }

    void minimumShouldMatch() {
        String spec = in.text("minimum_should_match");
        if (!MinimumShouldMatch.isValid(spec)) {
            throw in.mistake("[" + query + "] bad [minimum_should_match]: [" + spec + "]");
        }
        minimumShouldMatch = spec;
    }

    private Operator operator() {
        String text = in.text("operator");
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "or" -> Operator.OR;
            case "and" -> Operator.AND;
            default ->
                throw in.mistake("[" + query + "] operator needs to be either [and] or [or], got [" + text + "]");
        };
    }

    private ZeroTerms zeroTerms() {
        String text = in.text("zero_terms_query");
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "none" -> ZeroTerms.NONE;
            case "all" -> ZeroTerms.ALL;
            default -> throw in.mistake("Unsupported zero_terms_query value [" + text + "]");
        };
    }
}
