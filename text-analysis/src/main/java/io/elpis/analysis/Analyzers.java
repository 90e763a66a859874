package io.elpis.analysis;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.AnalysisSettings;
import io.elpis.model.schema.FieldMapping;
import io.elpis.model.schema.FieldType;
import io.elpis.model.schema.Mapping;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.lucene.analysis.Analyzer;
import org.jspecify.annotations.Nullable;

/** The analyzers of one index: its own, and those every index has. Thread-safe. */
public final class Analyzers {
    private static final String DEFAULT = "default";
    private static final String DEFAULT_SEARCH = "default_search";
    private static final Map<String, Analyzer> BUILT_IN = new ConcurrentHashMap<>();

    private final Map<String, Analyzer> own = new LinkedHashMap<>();
    private final Analyzer plain;

    private Analyzers(AnalysisSettings settings) {
        AnalyzerBuilder builder = new AnalyzerBuilder(settings);
        settings.analyzers().forEach((name, definition) -> own.put(name, builder.build(name, definition)));
        Analyzer named = own.get(DEFAULT);
        this.plain = named != null ? named : get("standard");
    }

    /** @throws ElpisException ILLEGAL_ARGUMENT naming the part that is wrong */
    public static Analyzers of(AnalysisSettings settings) {
        return new Analyzers(settings);
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

    /**
     * One analyzer for all fields by their path, as an index writer wants it; several values of a field stand 100
     * positions apart.
     *
     * @param mapping the mapping in force whenever a document is added
     */
    public Analyzer forIndexing(Supplier<Mapping> mapping) {
        return new FieldAnalyzer(this, mapping);
    }

    Analyzer plain() {
        return plain;
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
