package io.elpis.index.administration;

import io.elpis.index.catalog.CatalogIndex;
import io.elpis.model.schema.IndexSettingsWriter;
import tools.jackson.core.JsonGenerator;

/** An index's settings as callers see them. */
final class ShownSettings {
    /** OpenSearch 3.1.0, in its numbering of versions. */
    private static final String VERSION_CREATED = "137227827";

    private ShownSettings() {}

    static void write(CatalogIndex index, JsonGenerator out) {
        out.writeStartObject();
        out.writeObjectPropertyStart("index");
        out.writeStringProperty("creation_date", Long.toString(index.metadata().creationMillis()));
        IndexSettingsWriter.members(index.settings(), out);
        out.writeStringProperty("uuid", index.uuid().text());
        out.writeObjectPropertyStart("version");
        out.writeStringProperty("created", VERSION_CREATED);
        out.writeEndObject();
        out.writeStringProperty("provided_name", index.name().value());
        out.writeEndObject();
        out.writeEndObject();
    }
}
