package io.elpis.model.query;

import io.elpis.model.body.BodyReader;
import io.elpis.model.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** Reads the queries that hold no others. Each method starts at the query's object and ends at its end. */
final class LeafQueries {
    private static final int MAX_TERMS = 65_536;

    private final BodyReader in;

    LeafQueries(BodyReader in) {
        this.in = in;
    }

    float boostOnly(String query) {
        CommonParameters common = new CommonParameters(in, query);
        for (String name = in.nextMember(); name != null; name = in.nextMember()) {
            common.boostOrRefuse(name);
        }
        return common.boost;
    }

    /**
     * Reads {@code {"field": short}} or {@code {"field": {…}}}.
     *
     * @param common parameters beside the field
     * @param shortForm reads the value where it is no object
     * @param parameter reads one parameter of the long form
     * @return the field
     */
    private String field(String query, CommonParameters common, Runnable shortForm, Consumer<String> parameter) {
        String field = null;
        for (String name = in.nextMember(); name != null; name = in.nextMember()) {
            if (in.isAtScalar() && (name.equals("boost") || name.equals("_name")) && field != null) {
                common.boostOrRefuse(name);
                continue;
            }
            if (field != null) {
                throw in.mistake("[" + query + "] query doesn't support multiple fields, found [" + field + "] and ["
                        + name + "]");
            }
            field = name;
            if (in.isAt(JsonToken.START_OBJECT)) {
                for (String member = in.nextMember(); member != null; member = in.nextMember()) {
                    parameter.accept(member);
                }
            } else {
                shortForm.run();
            }
        }
        if (field == null) {
            throw in.mistake("[" + query + "] query malformed, no field found");
        }
        return field;
    }

    QueryNode term() {
        CommonParameters common = new CommonParameters(in, "term");
        var value = new Object() {
            @Nullable
            Scalar scalar;

            boolean caseInsensitive;
        };
        String field = field("term", common, () -> value.scalar = scalar("term"), name -> {
            switch (name) {
                case "value", "term" -> value.scalar = scalar("term");
                case "case_insensitive" -> value.caseInsensitive = in.flag(name);
                default -> common.boostOrRefuse(name);
            }
        });
        if (value.scalar == null) {
            throw in.mistake("value cannot be null");
        }
        return new QueryNode.Term(field, value.scalar, value.caseInsensitive, common.boost);
    }

    QueryNode terms() {
        CommonParameters common = new CommonParameters(in, "terms");
        String field = null;
        List<Scalar> values = new ArrayList<>();
        for (String name = in.nextMember(); name != null; name = in.nextMember()) {
            if (in.isAt(JsonToken.START_ARRAY)) {
                if (field != null) {
                    throw in.mistake("[terms] query does not support multiple fields");
                }
                field = name;
                while (in.next() != JsonToken.END_ARRAY) {
                    values.add(scalar("terms"));
                }
            } else {
                common.boostOrRefuse(name);
            }
        }
        if (field == null) {
            throw in.mistake("[terms] query requires a field name, followed by array of terms");
        }
        if (values.size() > MAX_TERMS) {
            throw in.mistake(
                    ErrorCode.ILLEGAL_ARGUMENT,
                    "The number of terms [" + values.size() + "] used in the Terms Query request has exceeded the"
                            + " allowed maximum of [" + MAX_TERMS + "]");
        }
        return new QueryNode.Terms(field, values, common.boost);
    }

    QueryNode match() {
        CommonParameters common = new CommonParameters(in, "match");
        String[] text = {null};
        String field = field("match", common, () -> text[0] = in.text("match"), name -> {
            switch (name) {
                case "query" -> text[0] = in.text(name);
                case "auto_generate_synonyms_phrase_query" -> in.flag(name);
                default -> common.textOrRefuse(name);
            }
        });
        return new QueryNode.Match(
                field,
                required(text[0], "match"),
                common.operator,
                common.minimumShouldMatch,
                common.analyzer,
                common.lenient,
                common.zeroTerms,
                common.boost);
    }

    QueryNode matchPhrase() {
        CommonParameters common = new CommonParameters(in, "match_phrase");
        String[] text = {null};
        String field = field("match_phrase", common, () -> text[0] = in.text("match_phrase"), name -> {
            switch (name) {
                case "query" -> text[0] = in.text(name);
                case "slop" -> common.slop = in.whole(name);
                default -> common.phraseOrRefuse(name);
            }
        });
        return new QueryNode.MatchPhrase(
                field, required(text[0], "match_phrase"), common.slop, common.analyzer, common.zeroTerms, common.boost);
    }

    QueryNode multiMatch() {
        CommonParameters common = new CommonParameters(in, "multi_match");
        String text = null;
        List<FieldBoost> fields = new ArrayList<>();
        QueryNode.MultiMatch.Type type = QueryNode.MultiMatch.Type.BEST_FIELDS;
        Float tieBreaker = null;
        for (String name = in.nextMember(); name != null; name = in.nextMember()) {
            switch (name) {
                case "query" -> text = in.text(name);
                case "fields" -> in.texts(name).forEach(field -> fields.add(fieldBoost(field)));
                case "type" -> type = type();
                case "tie_breaker" -> tieBreaker = in.decimal(name);
                case "slop" -> common.slop = in.whole(name);
                case "auto_generate_synonyms_phrase_query" -> in.flag(name);
                default -> common.textOrRefuse(name);
            }
        }
        return new QueryNode.MultiMatch(
                fields,
                required(text, "multi_match"),
                type,
                common.operator,
                common.minimumShouldMatch,
                tieBreaker,
                common.analyzer,
                common.lenient,
                common.slop,
                common.zeroTerms,
                common.boost);
    }

    private FieldBoost fieldBoost(String text) {
        int caret = text.indexOf('^');
        if (caret < 0) {
            return new FieldBoost(text, 1f);
        }
        try {
            return new FieldBoost(text.substring(0, caret), Float.parseFloat(text.substring(caret + 1)));
        } catch (NumberFormatException e) {
            throw in.mistake("[multi_match] bad boost of field [" + text + "]");
        }
    }

    private QueryNode.MultiMatch.Type type() {
        String text = in.text("type");
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "best_fields" -> QueryNode.MultiMatch.Type.BEST_FIELDS;
            case "most_fields" -> QueryNode.MultiMatch.Type.MOST_FIELDS;
            case "phrase" -> QueryNode.MultiMatch.Type.PHRASE;
            default -> throw in.mistake("[multi_match] query does not support type [" + text + "]");
        };
    }

    QueryNode range() {
        CommonParameters common = new CommonParameters(in, "range");
        var bounds = new Object() {
            @Nullable
            Scalar lower;

            @Nullable
            Scalar upper;

            boolean includeLower = true;
            boolean includeUpper = true;

            @Nullable
            String format;

            @Nullable
            String timeZone;
        };
        Runnable shortForm = () -> {
            throw in.mistake("[range] query malformed, no start_object after query name");
        };
        String field = field("range", common, shortForm, name -> {
            switch (name) {
                case "gte", "gt", "from" -> {
                    bounds.lower = bound();
                    bounds.includeLower = name.equals("from") ? bounds.includeLower : name.equals("gte");
                }
                case "lte", "lt", "to" -> {
                    bounds.upper = bound();
                    bounds.includeUpper = name.equals("to") ? bounds.includeUpper : name.equals("lte");
                }
                case "include_lower" -> bounds.includeLower = in.flag(name);
                case "include_upper" -> bounds.includeUpper = in.flag(name);
                case "format" -> bounds.format = in.text(name);
                case "time_zone" -> bounds.timeZone = in.text(name);
                default -> common.boostOrRefuse(name);
            }
        });
        return new QueryNode.Range(
                field,
                bounds.lower,
                bounds.upper,
                bounds.includeLower,
                bounds.includeUpper,
                bounds.format,
                bounds.timeZone,
                common.boost);
    }

    /** Null is open. */
    private @Nullable Scalar bound() {
        return in.isAt(JsonToken.VALUE_NULL) ? null : scalar("range");
    }

    QueryNode exists() {
        CommonParameters common = new CommonParameters(in, "exists");
        String field = null;
        for (String name = in.nextMember(); name != null; name = in.nextMember()) {
            if (name.equals("field")) {
                field = in.text(name);
            } else {
                common.boostOrRefuse(name);
            }
        }
        if (field == null) {
            throw in.mistake("[exists] must be provided with a [field]");
        }
        return new QueryNode.Exists(field, common.boost);
    }

    QueryNode ids() {
        CommonParameters common = new CommonParameters(in, "ids");
        List<String> ids = new ArrayList<>();
        for (String name = in.nextMember(); name != null; name = in.nextMember()) {
            if (name.equals("values")) {
                ids.addAll(in.texts(name));
            } else {
                common.boostOrRefuse(name);
            }
        }
        return new QueryNode.Ids(ids, common.boost);
    }

    private Scalar scalar(String query) {
        return switch (Objects.requireNonNull(in.token())) {
            case VALUE_STRING -> new Scalar.Text(in.text(query));
            case VALUE_NUMBER_INT ->
                in.fitsLong() ? new Scalar.Whole(in.wholeNumber()) : new Scalar.Decimal(in.decimalNumber());
            case VALUE_NUMBER_FLOAT -> new Scalar.Decimal(in.decimalNumber());
            case VALUE_TRUE -> new Scalar.Flag(true);
            case VALUE_FALSE -> new Scalar.Flag(false);
            default -> throw in.mistake("[" + query + "] query does not support [" + in.tokenName() + "] as a value");
        };
    }

    private String required(@Nullable String text, String query) {
        if (text == null) {
            throw in.mistake("[" + query + "] requires query value");
        }
        return text;
    }
}
