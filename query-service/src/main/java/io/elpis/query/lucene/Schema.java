package io.elpis.query.lucene;

import io.elpis.model.schema.FieldMapping;
import io.elpis.model.schema.Mapping;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.lucene.analysis.Analyzer;
import org.jspecify.annotations.Nullable;

/** A mapping with its analyzers made: what indexing and searching with Lucene need to know of an index. Immutable. */
public final class Schema {
    private static final String DEFAULT_ANALYZER = "default";

    private final Mapping mapping;
    private final Function<String, Analyzer> analyzers;
    private final FieldIndexer[] indexers;
    private final Map<String, Analyzer> indexAnalyzers = new HashMap<>();

    /** @param analyzers by name; throws for a name that the index does not have */
    public Schema(Mapping mapping, Function<String, Analyzer> analyzers) {
        this.mapping = mapping;
        this.analyzers = analyzers;
        this.indexers = new FieldIndexer[mapping.nextFieldNumber()];
        for (FieldMapping field : mapping.fields()) {
            indexers[field.number()] = FieldIndexer.of(field);
            if (field.type() == io.elpis.model.schema.FieldType.TEXT) {
                String name = field.analyzer();
                indexAnalyzers.put(field.path(), analyzers.apply(name == null ? DEFAULT_ANALYZER : name));
            }
        }
    }

    public Mapping mapping() {
        return mapping;
    }

    public @Nullable FieldMapping field(String path) {
        return mapping.field(path);
    }

    /** What values of this TEXT field are indexed with. */
    public Analyzer indexAnalyzer(String path) {
        Analyzer analyzer = indexAnalyzers.get(path);
        return analyzer != null ? analyzer : analyzers.apply(DEFAULT_ANALYZER);
    }

    /** What texts sought in this TEXT field are analyzed with, unless the query names another. */
    public Analyzer searchAnalyzer(FieldMapping field) {
        String name = field.searchAnalyzer();
        return name == null ? indexAnalyzer(field.path()) : analyzers.apply(name);
    }

    /** @throws io.elpis.model.error.ElpisException when the index has no analyzer of this name */
    public Analyzer analyzer(String name) {
        return analyzers.apply(name);
    }

    /** @throws PoisonException when the mapping has no such field */
    FieldIndexer indexer(int number) {
        FieldIndexer indexer = number >= 0 && number < indexers.length ? indexers[number] : null;
        if (indexer == null) {
            throw new PoisonException(
                    "illegal_argument_exception",
                    "field number [" + number + "] is not in mapping version [" + mapping.version() + "]");
        }
        return indexer;
    }
}
