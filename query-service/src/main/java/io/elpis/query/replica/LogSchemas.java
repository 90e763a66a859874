package io.elpis.query.replica;

import io.elpis.analysis.Analyzers;
import io.elpis.model.schema.AnalysisSettings;
import io.elpis.model.schema.AnalysisSettingsParser;
import io.elpis.model.schema.Mapping;
import io.elpis.model.schema.MappingParser;
import io.elpis.query.lucene.Schema;

/** Reads mappings and analysis settings in the form search-model writes them. */
public final class LogSchemas implements SchemaReader {
    @Override
    public Schema read(MappingState state) throws UnreadableMappingException {
        if (state.mapping().isEmpty()) {
            return new Schema(Mapping.EMPTY, Analyzers.of(AnalysisSettings.NONE));
        }
        try {
            Mapping mapping = MappingParser.readStored(state.mapping().toByteArray());
            AnalysisSettings analysis =
                    AnalysisSettingsParser.parse(state.analysis().toByteArray());
            return new Schema(mapping, Analyzers.of(analysis));
        } catch (RuntimeException unreadable) {
            throw new UnreadableMappingException(state.version(), unreadable);
        }
    }
}
