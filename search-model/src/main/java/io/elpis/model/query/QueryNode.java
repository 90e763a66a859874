package io.elpis.model.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A predicate over documents with a score; knows nothing of any index's schema. Fields are full paths. */
public sealed interface QueryNode {
    /** Factor on the score; 1 unless said otherwise. */
    float boost();

    record MatchAll(float boost) implements QueryNode {
        public MatchAll {
            checkBoost(boost);
        }
    }

    record MatchNone() implements QueryNode {
        @Override
        public float boost() {
            return 1f;
        }
    }

    /** The exact value, not analyzed. */
    record Term(String field, Scalar value, boolean caseInsensitive, float boost) implements QueryNode {
        public Term {
            checkField(field);
            checkBoost(boost);
        }
    }

    /** Any of the exact values; every match scores {@code boost}. */
    record Terms(String field, List<Scalar> values, float boost) implements QueryNode {
        public Terms {
            checkField(field);
            checkBoost(boost);
            values = List.copyOf(values);
        }
    }

    /**
     * The terms that analysis makes of {@code text}.
     *
     * @param minimumShouldMatch OpenSearch's syntax: {@code 2}, {@code -1}, {@code 75%}, {@code 2<-25% 9<-3}
     * @param analyzer overrides the field's search analyzer
     * @param lenient a text that does not fit the field's type matches nothing instead of failing
     */
    record Match(
            String field,
            String text,
            Operator operator,
            @Nullable String minimumShouldMatch,
            @Nullable String analyzer,
            boolean lenient,
            ZeroTerms zeroTerms,
            float boost)
            implements QueryNode {
        public Match {
            checkField(field);
            checkBoost(boost);
        }
    }

    record MatchPhrase(
            String field, String text, int slop, @Nullable String analyzer, ZeroTerms zeroTerms, float boost)
            implements QueryNode {
        public MatchPhrase {
            checkField(field);
            checkBoost(boost);
            if (slop < 0) {
                throw new IllegalArgumentException("slop allowed to be >= 0, got " + slop);
            }
        }
    }

    /**
     * One text over several fields.
     *
     * @param fields empty: all fields that can be searched as text
     * @param tieBreaker share of the weaker fields' scores, 0 to 1; null: the type's own default
     */
    record MultiMatch(
            List<FieldBoost> fields,
            String text,
            Type type,
            Operator operator,
            @Nullable String minimumShouldMatch,
            @Nullable Float tieBreaker,
            @Nullable String analyzer,
            boolean lenient,
            int slop,
            ZeroTerms zeroTerms,
            float boost)
            implements QueryNode {
        public MultiMatch {
            fields = List.copyOf(fields);
            checkBoost(boost);
            if (slop < 0) {
                throw new IllegalArgumentException("slop allowed to be >= 0, got " + slop);
            }
            if (tieBreaker != null && !(tieBreaker >= 0 && tieBreaker <= 1)) {
                throw new IllegalArgumentException("tie_breaker must be in [0, 1], got " + tieBreaker);
            }
        }

        /** Tie breaker in force: 0 takes the best field alone, 1 adds all up. */
        public float effectiveTieBreaker() {
            return tieBreaker != null ? tieBreaker : type.tieBreaker;
        }

        public enum Type {
            BEST_FIELDS(0f),
            MOST_FIELDS(1f),
            PHRASE(0f);

            private final float tieBreaker;

            Type(float tieBreaker) {
                this.tieBreaker = tieBreaker;
            }
        }
    }

    /**
     * @param lower null: open below
     * @param upper null: open above
     * @param format date format of textual bounds, overriding the field's
     * @param timeZone offset or zone id for textual dates without one
     */
    record Range(
            String field,
            @Nullable Scalar lower,
            @Nullable Scalar upper,
            boolean includeLower,
            boolean includeUpper,
            @Nullable String format,
            @Nullable String timeZone,
            float boost)
            implements QueryNode {
        public Range {
            checkField(field);
            checkBoost(boost);
        }
    }

    /** Documents with any value in the field, or in any field below it when it is an object. */
    record Exists(String field, float boost) implements QueryNode {
        public Exists {
            checkField(field);
            checkBoost(boost);
        }
    }

    record Ids(List<String> ids, float boost) implements QueryNode {
        public Ids {
            ids = List.copyOf(ids);
            checkBoost(boost);
        }
    }

    /**
     * @param minimumShouldMatch null: 1 when there is neither {@code must} nor {@code filter}, else 0
     */
    record Bool(
            List<QueryNode> must,
            List<QueryNode> filter,
            List<QueryNode> should,
            List<QueryNode> mustNot,
            @Nullable String minimumShouldMatch,
            float boost)
            implements QueryNode {
        public Bool {
            must = List.copyOf(must);
            filter = List.copyOf(filter);
            should = List.copyOf(should);
            mustNot = List.copyOf(mustNot);
            checkBoost(boost);
        }
    }

    /** Everything the filter matches, with {@code boost} as its score. */
    record ConstantScore(QueryNode filter, float boost) implements QueryNode {
        public ConstantScore {
            checkBoost(boost);
        }
    }

    static void checkField(String field) {
        if (field.isEmpty()) {
            throw new IllegalArgumentException("field name is null or empty");
        }
    }

    static void checkBoost(float boost) {
        if (!(boost >= 0) || Float.isInfinite(boost)) {
            throw new IllegalArgumentException("negative [boost] are not allowed, found [" + boost + "]");
        }
    }
}
