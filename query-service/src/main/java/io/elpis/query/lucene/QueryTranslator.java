package io.elpis.query.lucene;

import io.elpis.model.query.MinimumShouldMatch;
import io.elpis.model.query.QueryNode;
import io.elpis.model.query.Scalar;
import io.elpis.model.schema.FieldMapping;
import io.elpis.model.schema.FieldType;
import io.elpis.model.schema.MappingNode.ObjectNode;
import io.elpis.model.search.Wildcard;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.AutomatonQuery;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.Automaton;
import org.jspecify.annotations.Nullable;

/**
 * Translates query trees to Lucene for one schema and one request.
 *
 * <p>Tombstones have no mapped fields, so that only what matches by the lack of something, or by the id, has to leave
 * them out, and only where a reader has any.
 */
public final class QueryTranslator {
    private final Schema schema;
    private final long now;
    private final boolean tombstones;
    private final TextAllowance allowance = new TextAllowance();
    private final TextQueries texts;

    /**
     * @param now the request's, milliseconds since the epoch
     * @param tombstones whether the reader holds some
     */
    public QueryTranslator(Schema schema, long now, boolean tombstones) {
        this.schema = schema;
        this.now = now;
        this.tombstones = tombstones;
        this.texts = new TextQueries(schema, this, allowance);
    }

    /** @throws io.elpis.model.error.ElpisException when the query does not fit the schema */
    public Query translate(QueryNode node) {
        try {
            return boosted(unboosted(node), node.boost());
        } catch (IndexSearcher.TooManyClauses e) {
            throw Numbers.unfit("maxClauseCount is set to " + IndexSearcher.getMaxClauseCount());
        }
    }

    static Query boosted(Query query, float boost) {
        return boost == 1f ? query : new BoostQuery(query, boost);
    }

    private Query unboosted(QueryNode node) {
        return switch (node) {
            case QueryNode.MatchAll _ -> everything();
            case QueryNode.MatchNone _ -> new MatchNoDocsQuery("match_none");
            case QueryNode.Term term -> term(term);
            case QueryNode.Terms terms -> terms(terms);
            case QueryNode.Match match -> texts.match(match);
            case QueryNode.MatchPhrase phrase -> texts.matchPhrase(phrase);
            case QueryNode.MultiMatch multi -> texts.multiMatch(multi);
            case QueryNode.Range range -> range(range);
            case QueryNode.Exists(String field, float _) -> exists(field);
            case QueryNode.Ids(List<String> ids, float _) -> ids(ids);
            case QueryNode.Bool bool -> bool(bool);
            case QueryNode.ConstantScore(QueryNode filter, float _) -> new ConstantScoreQuery(translate(filter));
        };
    }

    Query everything() {
        return live(MatchAllDocsQuery.INSTANCE);
    }

    private Query live(Query query) {
        return tombstones
                ? new BooleanQuery.Builder()
                        .add(query, Occur.MUST)
                        .add(new TermQuery(SystemField.ANY_TOMBSTONE), Occur.MUST_NOT)
                        .build()
                : query;
    }

    private Query ids(List<String> ids) {
        return live(new TermInSetQuery(
                SystemField.ID, ids.stream().map(BytesRef::new).toList()));
    }

    private Query term(QueryNode.Term term) {
        if (term.field().equals(SystemField.ID)) {
            return ids(List.of(term.value().asText()));
        }
        FieldMapping field = schema.field(term.field());
        if (field == null) {
            return unmapped(term.field());
        }
        checkSearchable(field);
        return term.caseInsensitive() && isText(field)
                ? anyCase(field, term.value().asText())
                : values(field).exact(term.value());
    }

    private static boolean isText(FieldMapping field) {
        return switch (field.type()) {
            case TEXT, KEYWORD -> true;
            default -> false;
        };
    }

    private Query anyCase(FieldMapping field, String text) {
        allowance.anyCase(text);
        return new AutomatonQuery(
                new Term(field.path(), text),
                anyCase(text),
                false,
                isColumn(field) ? MultiTermQuery.DOC_VALUES_REWRITE : MultiTermQuery.CONSTANT_SCORE_BLENDED_REWRITE);
    }

    private static Automaton anyCase(String text) {
        Automaton letters = new Automaton();
        int state = letters.createState();
        for (int letter : text.codePoints().toArray()) {
            int next = letters.createState();
            for (int variant :
                    new TreeSet<>(List.of(letter, Character.toLowerCase(letter), Character.toUpperCase(letter)))) {
                letters.addTransition(state, next, variant);
            }
            state = next;
        }
        letters.setAccept(state, true);
        letters.finishState();
        return letters;
    }

    private Query terms(QueryNode.Terms terms) {
        if (terms.field().equals(SystemField.ID)) {
            return ids(terms.values().stream().map(Scalar::asText).toList());
        }
        FieldMapping field = schema.field(terms.field());
        if (field == null) {
            return unmapped(terms.field());
        }
        checkSearchable(field);
        return values(field).anyOf(terms.values());
    }

    private Query range(QueryNode.Range range) {
        FieldMapping field = schema.field(range.field());
        if (field == null) {
            return unmapped(range.field());
        }
        checkSearchable(field);
        return values(field, range.format(), range.timeZone())
                .range(range.lower(), range.upper(), range.includeLower(), range.includeUpper());
    }

    private Query exists(String path) {
        FieldMapping field = schema.field(path);
        if (field != null) {
            return new ConstantScoreQuery(values(field).exists());
        }
        ObjectNode object = schema.mapping().object(path);
        if (object == null) {
            return path.equals(SystemField.ID) ? everything() : unmapped(path);
        }
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        for (FieldMapping below : schema.mapping().fields()) {
            if (below.path().startsWith(path + ".")) {
                any.add(values(below).exists(), Occur.SHOULD);
            }
        }
        return new ConstantScoreQuery(any.build());
    }

    private Query bool(QueryNode.Bool bool) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        bool.must().forEach(clause -> all.add(translate(clause), Occur.MUST));
        bool.filter().forEach(clause -> all.add(translate(clause), Occur.FILTER));
        bool.should().forEach(clause -> all.add(translate(clause), Occur.SHOULD));
        bool.mustNot().forEach(clause -> all.add(translate(clause), Occur.MUST_NOT));
        boolean positive = !(bool.must().isEmpty()
                && bool.filter().isEmpty()
                && bool.should().isEmpty());
        if (!positive && bool.mustNot().isEmpty()) {
            return everything();
        }
        if (!positive) {
            all.add(everything(), Occur.FILTER);
        }
        if (bool.minimumShouldMatch() != null && !bool.should().isEmpty()) {
            all.setMinimumNumberShouldMatch(MinimumShouldMatch.of(
                    bool.minimumShouldMatch(), bool.should().size()));
        }
        return all.build();
    }

    static Query unmapped(String field) {
        return new MatchNoDocsQuery("unmapped field [" + field + "]");
    }

    static void checkSearchable(FieldMapping field) {
        if (!field.index() && !field.docValues()) {
            throw Numbers.unfit("Cannot search on field [" + field.path() + "] since it is not indexed.");
        }
    }

    ValueQueries values(FieldMapping field) {
        return values(field, null, null);
    }

    private ValueQueries values(FieldMapping field, @Nullable String format, @Nullable String timeZone) {
        return new NamedValues(field, unnamed(field, format, timeZone));
    }

    private ValueQueries unnamed(FieldMapping field, @Nullable String format, @Nullable String timeZone) {
        return switch (field.type()) {
            case TEXT -> new TermQueries(field);
            case KEYWORD -> isColumn(field) ? new KeywordColumn(field) : new TermQueries(field);
            case BOOLEAN -> isColumn(field) ? new BooleanColumn(field) : new TermQueries(field);
            case LONG, INTEGER, SHORT, BYTE -> new WholeQueries(field);
            case DOUBLE -> new DecimalQueries(field);
            case FLOAT -> new FloatQueries(field);
            case DATE -> new DateQueries(field, Dates.of(field, now, format, timeZone));
            case OBJECT -> throw new IllegalArgumentException("an object has no values of its own");
        };
    }

    /** Whether doc values are all that a search has to go by. */
    private static boolean isColumn(FieldMapping field) {
        return !field.index() && field.docValues();
    }

    /** Fields that a pattern with {@code *} stands for, among those that have something to find. */
    List<FieldMapping> searchableFields(String pattern) {
        List<FieldMapping> found = new ArrayList<>();
        for (FieldMapping field : schema.mapping().fields()) {
            if (field.index() && field.type() != FieldType.OBJECT && Wildcard.matches(pattern, field.path())) {
                found.add(field);
            }
        }
        return found;
    }
}
