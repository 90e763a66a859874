package io.elpis.query.lucene;

import io.elpis.model.error.ElpisException;
import io.elpis.model.query.FieldBoost;
import io.elpis.model.query.MinimumShouldMatch;
import io.elpis.model.query.Operator;
import io.elpis.model.query.QueryNode;
import io.elpis.model.query.Scalar;
import io.elpis.model.query.ZeroTerms;
import io.elpis.model.schema.FieldMapping;
import io.elpis.model.schema.FieldType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.QueryBuilder;
import org.jspecify.annotations.Nullable;

/** Queries that analyze their text. */
final class TextQueries {
    private final Schema schema;
    private final QueryTranslator translator;
    private final TextAllowance allowance;

    TextQueries(Schema schema, QueryTranslator translator, TextAllowance allowance) {
        this.schema = schema;
        this.translator = translator;
        this.allowance = allowance;
    }

    Query match(QueryNode.Match match) {
        if (match.field().equals(SystemField.ID)) {
            return translator.translate(new QueryNode.Ids(List.of(match.text()), 1f));
        }
        FieldMapping field = schema.field(match.field());
        if (field == null) {
            return QueryTranslator.unmapped(match.field());
        }
        if (field.type() != FieldType.TEXT || !field.index()) {
            return exact(field, match.text(), match.lenient());
        }
        QueryBuilder builder = builder(field, match.analyzer());
        Occur occur = match.operator() == Operator.AND ? Occur.MUST : Occur.SHOULD;
        Query query = builder.createBooleanQuery(field.path(), match.text(), occur);
        return query == null ? nothingLeft(match.zeroTerms()) : withMinimum(query, match.minimumShouldMatch());
    }

    Query matchPhrase(QueryNode.MatchPhrase phrase) {
        FieldMapping field = schema.field(phrase.field());
        if (field == null) {
            return QueryTranslator.unmapped(phrase.field());
        }
        return phrase(field, phrase.text(), phrase.slop(), phrase.analyzer(), false, phrase.zeroTerms());
    }

    private Query phrase(
            FieldMapping field,
            String text,
            int slop,
            @Nullable String analyzer,
            boolean lenient,
            ZeroTerms zeroTerms) {
        if (field.type() != FieldType.TEXT || !field.index()) {
            return exact(field, text, lenient);
        }
        Query query = builder(field, analyzer).createPhraseQuery(field.path(), text, slop);
        return query == null ? nothingLeft(zeroTerms) : query;
    }

    /** Where the fields are given by a pattern, those that the text does not fit are left out. */
    Query multiMatch(QueryNode.MultiMatch multi) {
        Set<FieldMapping> named = new HashSet<>();
        Map<FieldMapping, Float> fields = fields(multi, named);
        List<Query> queries = new ArrayList<>();
        fields.forEach((field, boost) -> {
            boolean lenient = multi.lenient() || !named.contains(field);
            queries.add(QueryTranslator.boosted(inField(field, multi, lenient), boost));
        });
        return switch (queries.size()) {
            case 0 -> new MatchNoDocsQuery("no field to search in");
            case 1 -> queries.getFirst();
            default -> new DisjunctionMaxQuery(queries, multi.effectiveTieBreaker());
        };
    }

    private Query inField(FieldMapping field, QueryNode.MultiMatch multi, boolean lenient) {
        return switch (multi.type()) {
            case PHRASE -> phrase(field, multi.text(), multi.slop(), multi.analyzer(), lenient, multi.zeroTerms());
            case BEST_FIELDS, MOST_FIELDS ->
                match(new QueryNode.Match(
                        field.path(),
                        multi.text(),
                        multi.operator(),
                        multi.minimumShouldMatch(),
                        multi.analyzer(),
                        lenient,
                        multi.zeroTerms(),
                        1f));
        };
    }

    /** @param named takes those that are given by their names */
    private Map<FieldMapping, Float> fields(QueryNode.MultiMatch multi, Set<FieldMapping> named) {
        Map<FieldMapping, Float> fields = new LinkedHashMap<>();
        if (multi.fields().isEmpty()) {
            translator.searchableFields("*").forEach(field -> fields.put(field, 1f));
        }
        for (FieldBoost wanted : multi.fields()) {
            if (wanted.field().indexOf('*') >= 0) {
                translator
                        .searchableFields(wanted.field())
                        .forEach(field -> fields.merge(field, wanted.boost(), TextQueries::product));
            } else {
                FieldMapping field = schema.field(wanted.field());
                if (field != null) {
                    named.add(field);
                    fields.merge(field, wanted.boost(), TextQueries::product);
                }
            }
        }
        return fields;
    }

    private static float product(float a, float b) {
        return a * b;
    }

    /** The text as one value; of a text field that is not indexed, the mistake that it is to search there. */
    private Query exact(FieldMapping field, String text, boolean lenient) {
        try {
            QueryTranslator.checkSearchable(field);
            return translator.values(field).exact(new Scalar.Text(text));
        } catch (ElpisException unfit) {
            if (lenient) {
                return new MatchNoDocsQuery("[" + text + "] does not fit [" + field.path() + "]");
            }
            throw unfit;
        }
    }

    private QueryBuilder builder(FieldMapping field, @Nullable String analyzer) {
        return new AllowedTexts(analyzer == null ? schema.searchAnalyzer(field) : schema.analyzer(analyzer), allowance);
    }

    private Query nothingLeft(ZeroTerms zeroTerms) {
        return switch (zeroTerms) {
            case NONE -> new MatchNoDocsQuery("no term is left after analysis");
            case ALL -> translator.everything();
        };
    }

    private static Query withMinimum(Query query, @Nullable String specification) {
        if (specification == null || !(query instanceof BooleanQuery bool)) {
            return query;
        }
        int optional = (int) bool.clauses().stream()
                .filter(clause -> clause.occur() == Occur.SHOULD)
                .count();
        if (optional == 0) {
            return query;
        }
        BooleanQuery.Builder limited = new BooleanQuery.Builder();
        bool.clauses().forEach(limited::add);
        return limited.setMinimumNumberShouldMatch(MinimumShouldMatch.of(specification, optional))
                .build();
    }
}
