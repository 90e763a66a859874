package io.elpis.query.lucene;

import io.elpis.analysis.Analyzers;
import io.elpis.model.schema.FieldMapping;
import io.elpis.model.schema.FieldType;
import io.elpis.model.schema.Mapping;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.jspecify.annotations.Nullable;

/** A mapping with its analyzers made: what indexing and searching with Lucene need to know of an index. Immutable. */
public final class Schema {
    private final Mapping mapping;
    private final Analyzers analyzers;
    private final FieldIndexer[] indexers;
    private final Map<String, Analyzer> indexAnalyzers = new HashMap<>();

    public Schema(Mapping mapping, Analyzers analyzers) {
        this.mapping = mapping;
        this.analyzers = analyzers;
        this.indexers = new FieldIndexer[mapping.nextFieldNumber()];
        for (FieldMapping field : mapping.fields()) {
            indexers[field.number()] = FieldIndexer.of(field);
            if (field.type() == FieldType.TEXT) {
                indexAnalyzers.put(field.path(), analyzers.forIndexing(field));
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
        if (analyzer == null) {
            throw new IllegalArgumentException("[" + path + "] is no text field");
        }
        return analyzer;
    }

    /** What values of this TEXT or KEYWORD field are made of: tokens, or the value as it is. */
    public Analyzer analyzerOf(FieldMapping field) {
        return field.type() == FieldType.TEXT ? indexAnalyzer(field.path()) : analyzers.get("keyword");
    }

    /** What texts sought in this TEXT field are analyzed with, unless the query names another. */
    public Analyzer searchAnalyzer(FieldMapping field) {
        return analyzers.forSearch(field);
    }

    /** @throws io.elpis.model.error.ElpisException when the index has no analyzer of this name */
    public Analyzer analyzer(String name) {
        return analyzers.get(name);
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
