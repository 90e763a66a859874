package io.elpis.protocol.search;

import io.elpis.model.query.FieldBoost;
import io.elpis.model.query.QueryNode;
import io.elpis.model.query.ZeroTerms;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Query trees on the wire. */
public final class QueryWire {
    private QueryWire() {}

    public static Query write(QueryNode node) {
        Query.Builder out = Query.newBuilder().setBoost(node.boost());
        switch (node) {
            case QueryNode.MatchAll _ -> out.setMatchAll(MatchAll.getDefaultInstance());
            case QueryNode.MatchNone _ -> out.setMatchNone(MatchNone.getDefaultInstance());
            case QueryNode.Term term ->
                out.setTerm(Term.newBuilder()
                        .setField(term.field())
                        .setValue(ScalarWire.write(term.value()))
                        .setCaseInsensitive(term.caseInsensitive()));
            case QueryNode.Terms terms -> out.setTerms(terms(terms));
            case QueryNode.Match match -> out.setMatch(match(match));
            case QueryNode.MatchPhrase phrase -> out.setMatchPhrase(matchPhrase(phrase));
            case QueryNode.MultiMatch multi -> out.setMultiMatch(multiMatch(multi));
            case QueryNode.Range range -> out.setRange(range(range));
            case QueryNode.Exists exists -> out.setExists(Exists.newBuilder().setField(exists.field()));
            case QueryNode.Ids ids -> out.setIds(Ids.newBuilder().addAllIds(ids.ids()));
            case QueryNode.Bool bool -> out.setBool(bool(bool));
            case QueryNode.ConstantScore constant ->
                out.setConstantScore(ConstantScore.newBuilder().setFilter(write(constant.filter())));
        }
        return out.build();
    }

    private static Terms.Builder terms(QueryNode.Terms terms) {
        Terms.Builder out = Terms.newBuilder().setField(terms.field());
        terms.values().forEach(value -> out.addValues(ScalarWire.write(value)));
        return out;
    }

    private static Match.Builder match(QueryNode.Match match) {
        Match.Builder out = Match.newBuilder()
                .setField(match.field())
                .setText(match.text())
                .setOperator(operator(match.operator()))
                .setLenient(match.lenient())
                .setZeroTermsAll(match.zeroTerms() == ZeroTerms.ALL);
        if (match.minimumShouldMatch() instanceof String minimum) {
            out.setMinimumShouldMatch(minimum);
        }
        if (match.analyzer() instanceof String analyzer) {
            out.setAnalyzer(analyzer);
        }
        return out;
    }

    private static MatchPhrase.Builder matchPhrase(QueryNode.MatchPhrase phrase) {
        MatchPhrase.Builder out = MatchPhrase.newBuilder()
                .setField(phrase.field())
                .setText(phrase.text())
                .setSlop(phrase.slop())
                .setZeroTermsAll(phrase.zeroTerms() == ZeroTerms.ALL);
        if (phrase.analyzer() instanceof String analyzer) {
            out.setAnalyzer(analyzer);
        }
        return out;
    }

    private static MultiMatch.Builder multiMatch(QueryNode.MultiMatch multi) {
        MultiMatch.Builder out = MultiMatch.newBuilder()
                .setText(multi.text())
                .setType(
                        switch (multi.type()) {
                            case BEST_FIELDS -> MultiMatch.Type.BEST_FIELDS;
                            case MOST_FIELDS -> MultiMatch.Type.MOST_FIELDS;
                            case PHRASE -> MultiMatch.Type.PHRASE;
                        })
                .setOperator(operator(multi.operator()))
                .setLenient(multi.lenient())
                .setSlop(multi.slop())
                .setZeroTermsAll(multi.zeroTerms() == ZeroTerms.ALL);
        for (FieldBoost field : multi.fields()) {
            out.addFields(
                    MultiMatch.FieldBoost.newBuilder().setField(field.field()).setBoost(field.boost()));
        }
        if (multi.minimumShouldMatch() instanceof String minimum) {
            out.setMinimumShouldMatch(minimum);
        }
        if (multi.tieBreaker() instanceof Float tieBreaker) {
            out.setTieBreaker(tieBreaker);
        }
        if (multi.analyzer() instanceof String analyzer) {
            out.setAnalyzer(analyzer);
        }
        return out;
    }

    private static Range.Builder range(QueryNode.Range range) {
        Range.Builder out = Range.newBuilder()
                .setField(range.field())
                .setIncludeLower(range.includeLower())
                .setIncludeUpper(range.includeUpper());
        if (range.lower() instanceof io.elpis.model.query.Scalar lower) {
            out.setLower(ScalarWire.write(lower));
        }
        if (range.upper() instanceof io.elpis.model.query.Scalar upper) {
            out.setUpper(ScalarWire.write(upper));
        }
        if (range.format() instanceof String format) {
            out.setFormat(format);
        }
        if (range.timeZone() instanceof String timeZone) {
            out.setTimeZone(timeZone);
        }
        return out;
    }

    private static Bool.Builder bool(QueryNode.Bool bool) {
        Bool.Builder out = Bool.newBuilder();
        bool.must().forEach(clause -> out.addMust(write(clause)));
        bool.filter().forEach(clause -> out.addFilter(write(clause)));
        bool.should().forEach(clause -> out.addShould(write(clause)));
        bool.mustNot().forEach(clause -> out.addMustNot(write(clause)));
        if (bool.minimumShouldMatch() instanceof String minimum) {
            out.setMinimumShouldMatch(minimum);
        }
        return out;
    }

    /** @throws IllegalArgumentException when it is a kind this version does not know */
    public static QueryNode read(Query in) {
        float boost = in.getBoost();
        return switch (in.getKindCase()) {
            case MATCH_ALL -> new QueryNode.MatchAll(boost);
            case MATCH_NONE -> new QueryNode.MatchNone();
            case TERM ->
                new QueryNode.Term(
                        in.getTerm().getField(),
                        ScalarWire.read(in.getTerm().getValue()),
                        in.getTerm().getCaseInsensitive(),
                        boost);
            case TERMS ->
                new QueryNode.Terms(
                        in.getTerms().getField(),
                        in.getTerms().getValuesList().stream()
                                .map(ScalarWire::read)
                                .toList(),
                        boost);
            case MATCH -> match(in.getMatch(), boost);
            case MATCH_PHRASE -> matchPhrase(in.getMatchPhrase(), boost);
            case MULTI_MATCH -> multiMatch(in.getMultiMatch(), boost);
            case RANGE -> range(in.getRange(), boost);
            case EXISTS -> new QueryNode.Exists(in.getExists().getField(), boost);
            case IDS -> new QueryNode.Ids(in.getIds().getIdsList(), boost);
            case BOOL -> bool(in.getBool(), boost);
            case CONSTANT_SCORE ->
                new QueryNode.ConstantScore(read(in.getConstantScore().getFilter()), boost);
            case KIND_NOT_SET -> throw new IllegalArgumentException("a query without a known kind");
        };
    }

    private static QueryNode match(Match in, float boost) {
        return new QueryNode.Match(
                in.getField(),
                in.getText(),
                operator(in.getOperator()),
                in.hasMinimumShouldMatch() ? in.getMinimumShouldMatch() : null,
                in.hasAnalyzer() ? in.getAnalyzer() : null,
                in.getLenient(),
                zeroTerms(in.getZeroTermsAll()),
                boost);
    }

    private static QueryNode matchPhrase(MatchPhrase in, float boost) {
        return new QueryNode.MatchPhrase(
                in.getField(),
                in.getText(),
                in.getSlop(),
                in.hasAnalyzer() ? in.getAnalyzer() : null,
                zeroTerms(in.getZeroTermsAll()),
                boost);
    }

    private static QueryNode multiMatch(MultiMatch in, float boost) {
        List<FieldBoost> fields = in.getFieldsList().stream()
                .map(field -> new FieldBoost(field.getField(), field.getBoost()))
                .toList();
        QueryNode.MultiMatch.Type type = switch (in.getType()) {
            case BEST_FIELDS -> QueryNode.MultiMatch.Type.BEST_FIELDS;
            case MOST_FIELDS -> QueryNode.MultiMatch.Type.MOST_FIELDS;
            case PHRASE -> QueryNode.MultiMatch.Type.PHRASE;
            case UNRECOGNIZED -> throw new IllegalArgumentException("unknown type of multi_match");
        };
        return new QueryNode.MultiMatch(
                fields,
                in.getText(),
                type,
                operator(in.getOperator()),
                in.hasMinimumShouldMatch() ? in.getMinimumShouldMatch() : null,
                in.hasTieBreaker() ? (Float) in.getTieBreaker() : null,
                in.hasAnalyzer() ? in.getAnalyzer() : null,
                in.getLenient(),
                in.getSlop(),
                zeroTerms(in.getZeroTermsAll()),
                boost);
    }

    private static QueryNode range(Range in, float boost) {
        return new QueryNode.Range(
                in.getField(),
                in.hasLower() ? ScalarWire.read(in.getLower()) : null,
                in.hasUpper() ? ScalarWire.read(in.getUpper()) : null,
                in.getIncludeLower(),
                in.getIncludeUpper(),
                in.hasFormat() ? in.getFormat() : null,
                in.hasTimeZone() ? in.getTimeZone() : null,
                boost);
    }

    private static QueryNode bool(Bool in, float boost) {
        @Nullable String minimum = in.hasMinimumShouldMatch() ? in.getMinimumShouldMatch() : null;
        return new QueryNode.Bool(
                all(in.getMustList()),
                all(in.getFilterList()),
                all(in.getShouldList()),
                all(in.getMustNotList()),
                minimum,
                boost);
    }

    private static List<QueryNode> all(List<Query> clauses) {
        return clauses.stream().map(QueryWire::read).toList();
    }

    private static Operator operator(io.elpis.model.query.Operator operator) {
        return switch (operator) {
            case OR -> Operator.OR;
            case AND -> Operator.AND;
        };
    }

    private static io.elpis.model.query.Operator operator(Operator operator) {
        return switch (operator) {
            case OR -> io.elpis.model.query.Operator.OR;
            case AND -> io.elpis.model.query.Operator.AND;
            case UNRECOGNIZED -> throw new IllegalArgumentException("unknown operator");
        };
    }

    private static ZeroTerms zeroTerms(boolean all) {
        return all ? ZeroTerms.ALL : ZeroTerms.NONE;
    }
}
