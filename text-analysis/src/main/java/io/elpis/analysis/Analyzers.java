package io.elpis.analysis;

import io.elpis.analysis.budget.AnalysisBudget;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.AnalysisSettings;
import io.elpis.model.schema.FieldMapping;
import io.elpis.model.schema.FieldType;
import io.elpis.model.schema.Mapping;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.jspecify.annotations.Nullable;

/** The analyzers of one index: its own, and those every index has. Thread-safe. */
public final class Analyzers {
    private static final String DEFAULT = "default";
    private static final String DEFAULT_SEARCH = "default_search";
    private static final String REHEARSED = "The 3 quick brown-foxes, résumé & <b>co</b>. a/b x@y.org";
    private static final int MOST_REHEARSED = 1_000;
    private static final long MOST_STEPS_TO_BUILD = 500_000_000;
    private static final long MOST_BYTES_TO_BUILD = 64_000_000;
    private static final Map<String, Analyzer> BUILT_IN = new ConcurrentHashMap<>();

    private final Map<String, Analyzer> own = new LinkedHashMap<>();
    private final Analyzer plain;

    private Analyzers(AnalysisSettings settings) {
        AnalyzerBuilder builder = new AnalyzerBuilder(settings);
        // Synonyms are analyzed while they are read, and kept.
        new AnalysisBudget(MOST_STEPS_TO_BUILD, MOST_BYTES_TO_BUILD).share(() -> {
            settings.analyzers().forEach((name, definition) -> own.put(name, built(builder, name, definition)));
            return own;
        });
        Analyzer named = own.get(DEFAULT);
        this.plain = named != null ? named : get("standard");
    }

    /** @throws ElpisException ILLEGAL_ARGUMENT naming the part that is wrong */
    public static Analyzers of(AnalysisSettings settings) {
        return new Analyzers(settings);
    }

    private static Analyzer built(AnalyzerBuilder builder, String name, Map<String, Object> definition) {
        try {
            return builder.build(name, definition);
        } catch (IllegalArgumentException e) {
            throw unusable(name, e);
        }
    }

    /**
     * Lets each of the index's own analyzers analyze a text: some take their parameters only then.
     *
     * @throws ElpisException ILLEGAL_ARGUMENT naming the analyzer that cannot
     */
    public void rehearse() {
        own.forEach((name, analyzer) -> {
            try (TokenStream tokens = analyzer.tokenStream("rehearsal", REHEARSED)) {
                tokens.reset();
                int left = MOST_REHEARSED;
                while (left > 0 && tokens.incrementToken()) {
                    left--;
                }
                if (left > 0) {
                    tokens.end();
                }
            } catch (IOException | RuntimeException e) {
                throw unusable(name, e);
            }
        });
    }

    private static ElpisException unusable(String name, Exception cause) {
        return new ElpisException(
                ErrorCode.ILLEGAL_ARGUMENT,
                "analyzer [" + name + "] cannot be used: " + cause.getMessage(),
                Map.of(),
                cause);
    }

    /** @throws ElpisException ILLEGAL_ARGUMENT when there is no such analyzer */
    public Analyzer get(String name) {
        Analyzer analyzer = find(name);
        if (analyzer == null) {
            throw new ElpisException(ErrorCode.ILLEGAL_ARGUMENT, "failed to find global analyzer [" + name + "]");
        }
        return analyzer;
    }

    private @Nullable Analyzer find(String name) {
        Analyzer analyzer = own.get(name);
        return analyzer != null ? analyzer : BUILT_IN.computeIfAbsent(name, Analyzers::builtIn);
    }

    private static @Nullable Analyzer builtIn(String name) {
        return BuiltInAnalyzers.create(name, Parameters.none(name));
    }

    /** What turns the field's values into terms. */
    public Analyzer forIndexing(FieldMapping field) {
        String name = field.analyzer();
        return name == null || name.equals(DEFAULT) ? plain : get(name);
    }

    /** What turns a query's text into terms of the field. */
    public Analyzer forSearch(FieldMapping field) {
        String name = field.searchAnalyzer();
        if (name != null) {
            return name.equals(DEFAULT) ? plain : get(name);
        }
        Analyzer search = own.get(DEFAULT_SEARCH);
        return field.analyzer() == null && search != null ? search : forIndexing(field);
    }

    /** @throws ElpisException MAPPER_PARSING when a field names an analyzer that is not there */
    public void check(Mapping mapping) {
        for (FieldMapping field : mapping.fields()) {
            if (field.type() == FieldType.TEXT) {
                check(field, field.analyzer());
                check(field, field.searchAnalyzer());
            }
        }
    }

    private void check(FieldMapping field, @Nullable String name) {
        if (name != null && !name.equals(DEFAULT) && find(name) == null) {
            throw new ElpisException(
                    ErrorCode.MAPPER_PARSING,
                    "analyzer [" + name + "] has not been configured in mappings, for field [" + field.path() + "]");
        }
    }
}
