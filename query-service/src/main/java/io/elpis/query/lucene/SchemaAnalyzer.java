package io.elpis.query.lucene;

import java.util.function.Supplier;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.DelegatingAnalyzerWrapper;

/** The index writer's analyzer: each field's own, by the schema of the moment. */
public final class SchemaAnalyzer extends DelegatingAnalyzerWrapper {
    /** Keeps phrases from reaching from one value of a field into the next, as in OpenSearch. */
    private static final int GAP_BETWEEN_VALUES = 100;

    private final Supplier<Schema> schema;

    public SchemaAnalyzer(Supplier<Schema> schema) {
        super(PER_FIELD_REUSE_STRATEGY);
        this.schema = schema;
    }

    @Override
    protected Analyzer getWrappedAnalyzer(String fieldName) {
        return schema.get().indexAnalyzer(fieldName);
    }

    @Override
    public int getPositionIncrementGap(String fieldName) {
        return GAP_BETWEEN_VALUES;
    }
}
