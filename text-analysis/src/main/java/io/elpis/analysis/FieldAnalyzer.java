package io.elpis.analysis;

import io.elpis.model.schema.FieldMapping;
import io.elpis.model.schema.Mapping;
import java.util.function.Supplier;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.DelegatingAnalyzerWrapper;

/** Picks each field's own analyzer. */
final class FieldAnalyzer extends DelegatingAnalyzerWrapper {
    private static final int POSITION_INCREMENT_GAP = 100;

    private final Analyzers analyzers;
    private final Supplier<Mapping> mapping;

    FieldAnalyzer(Analyzers analyzers, Supplier<Mapping> mapping) {
        super(PER_FIELD_REUSE_STRATEGY);
        this.analyzers = analyzers;
        this.mapping = mapping;
    }

    @Override
    protected Analyzer getWrappedAnalyzer(String fieldName) {
        FieldMapping field = mapping.get().field(fieldName);
        return field == null ? analyzers.plain() : analyzers.forIndexing(field);
    }

    @Override
    public int getPositionIncrementGap(String fieldName) {
        return POSITION_INCREMENT_GAP;
    }
}
