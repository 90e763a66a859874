package io.elpis.protocol.record;

import com.google.protobuf.UnsafeByteOperations;
import io.elpis.model.schema.AnalysisSettings;
import io.elpis.model.schema.IndexSettingsWriter;
import io.elpis.model.schema.Mapping;
import io.elpis.model.schema.MappingWriter;

/** Mappings in the log. */
public final class MappingWire {
    private MappingWire() {}

    public static MappingVersion write(Mapping mapping, AnalysisSettings analysis) {
        return MappingVersion.newBuilder()
                .setVersion(mapping.version())
                .setMapping(UnsafeByteOperations.unsafeWrap(MappingWriter.stored(mapping)))
                .setAnalysis(UnsafeByteOperations.unsafeWrap(IndexSettingsWriter.analysis(analysis)))
                .build();
    }
}
