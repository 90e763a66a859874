package io.elpis.protocol.node;

import com.google.protobuf.UnsafeByteOperations;
import io.elpis.model.schema.IndexMetadata;
import io.elpis.model.schema.IndexName;
import io.elpis.model.schema.IndexSettingsParser;
import io.elpis.model.schema.IndexSettingsWriter;
import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.MappingParser;
import io.elpis.model.schema.MappingWriter;

/** Indices on the wire. */
public final class CatalogWire {
    private CatalogWire() {}

    /** Without the shards' logs, which the model does not know; the index's version is the catalog version. */
    public static CatalogEntry.Builder write(IndexMetadata index) {
        return CatalogEntry.newBuilder()
                .setCatalogVersion(index.version())
                .setIndexUuid(UnsafeByteOperations.unsafeWrap(index.uuid().bytes()))
                .setName(index.name().value())
                .setCreatedAtMillis(index.creationMillis())
                .setSettings(UnsafeByteOperations.unsafeWrap(IndexSettingsWriter.stored(index.settings())))
                .setMappingVersion(index.mapping().version())
                .setMapping(UnsafeByteOperations.unsafeWrap(MappingWriter.stored(index.mapping())));
    }

    public static IndexMetadata read(CatalogEntry in) {
        return new IndexMetadata(
                new IndexName(in.getName()),
                IndexUuid.ofBytes(in.getIndexUuid().toByteArray()),
                in.getCreatedAtMillis(),
                IndexSettingsParser.parse(in.getSettings().toByteArray()),
                MappingParser.readStored(in.getMapping().toByteArray()),
                in.getCatalogVersion());
    }
}
