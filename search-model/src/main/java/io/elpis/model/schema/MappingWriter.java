package io.elpis.model.schema;

import io.elpis.model.json.Json;
import io.elpis.model.query.Scalar;
import io.elpis.model.schema.MappingNode.LeafNode;
import io.elpis.model.schema.MappingNode.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Prints mappings: as callers see them, and as log and catalog keep them. */
public final class MappingWriter {
    static final String NUMBER = "_number";

    private final JsonGenerator out;
    private final boolean numbers;

    private MappingWriter(JsonGenerator out, boolean numbers) {
        this.out = out;
        this.numbers = numbers;
    }

    /** OpenSearch's form: {@code {"properties":{…}}}. */
    public static byte[] write(Mapping mapping) {
        return Json.write(out -> write(mapping, out));
    }

    /** OpenSearch's form as the next value of {@code out}. */
    public static void write(Mapping mapping, JsonGenerator out) {
        new MappingWriter(out, false).mapping(mapping);
    }

    /** With version and field numbers; {@link MappingParser#readStored} reads it. The form is final. */
    public static byte[] stored(Mapping mapping) {
        return Json.write(out -> {
            out.writeStartObject();
            out.writeNumberProperty("version", mapping.version());
            out.writeNumberProperty("next_field_number", mapping.nextFieldNumber());
            out.writeName("mapping");
            new MappingWriter(out, true).mapping(mapping);
            out.writeEndObject();
        });
    }

    /** Bytes that {@link #stored} writes of the field itself, without its name. */
    static int storedBytes(FieldMapping field) {
        return Json.write(out -> {
                    out.writeStartObject();
                    new MappingWriter(out, true).parameters(field);
                    out.writeEndObject();
                })
                .length;
    }

    private void mapping(Mapping mapping) {
        out.writeStartObject();
        String meta = mapping.meta();
        if (meta != null) {
            out.writeName("_meta");
            out.writeRawValue(meta);
        }
        if (!mapping.dateDetection()) {
            out.writeBooleanProperty("date_detection", false);
        }
        objectMembers(mapping.root());
        out.writeEndObject();
    }

    private void objectMembers(ObjectNode object) {
        Dynamic dynamic = object.dynamic();
        if (dynamic != null) {
            out.writeStringProperty("dynamic", dynamic.settingName());
        }
        if (!object.enabled()) {
            out.writeBooleanProperty("enabled", false);
        }
        if (object.properties().isEmpty()) {
            return;
        }
        out.writeObjectPropertyStart("properties");
        object.properties().forEach((name, node) -> {
            out.writeObjectPropertyStart(name);
            switch (node) {
                case ObjectNode below -> {
                    if (below.properties().isEmpty()) {
                        out.writeStringProperty("type", "object");
                    }
                    objectMembers(below);
                }
                case LeafNode(FieldMapping field, Map<String, FieldMapping> fields) -> leaf(field, fields);
            }
            out.writeEndObject();
        });
        out.writeEndObject();
    }

    private void leaf(FieldMapping field, Map<String, FieldMapping> fields) {
        parameters(field);
        if (fields.isEmpty()) {
            return;
        }
        out.writeObjectPropertyStart("fields");
        fields.forEach((name, multiField) -> {
            out.writeObjectPropertyStart(name);
            parameters(multiField);
            out.writeEndObject();
        });
        out.writeEndObject();
    }

    private void parameters(FieldMapping field) {
        FieldMapping plain = FieldMapping.of(field.path(), field.number(), field.type());
        out.writeStringProperty("type", field.type().typeName());
        if (numbers) {
            out.writeNumberProperty(NUMBER, field.number());
        }
        text("analyzer", field.analyzer());
        text("search_analyzer", field.searchAnalyzer());
        flag("index", field.index(), plain.index());
        flag("doc_values", field.docValues(), plain.docValues());
        flag("store", field.store(), plain.store());
        flag("norms", field.norms(), plain.norms());
        if (field.ignoreAbove() != plain.ignoreAbove()) {
            out.writeNumberProperty("ignore_above", field.ignoreAbove());
        }
        text("format", field.format());
        nullValue(field.nullValue());
        flag("ignore_malformed", field.ignoreMalformed(), plain.ignoreMalformed());
        flag("coerce", field.coerce(), plain.coerce());
        if (!field.copyTo().isEmpty()) {
            out.writeName("copy_to");
            Json.writeValue(out, field.copyTo());
        }
        if (!field.meta().isEmpty()) {
            out.writeName("meta");
            Json.writeValue(out, field.meta());
        }
    }

    private void text(String name, @Nullable String value) {
        if (value != null) {
            out.writeStringProperty(name, value);
        }
    }

    private void flag(String name, boolean value, boolean plain) {
        if (value != plain) {
            out.writeBooleanProperty(name, value);
        }
    }

    private void nullValue(@Nullable Scalar value) {
        switch (value) {
            case null -> {}
            case Scalar.Text(String text) -> out.writeStringProperty("null_value", text);
            case Scalar.Whole(long number) -> out.writeNumberProperty("null_value", number);
            case Scalar.Decimal(double number) -> out.writeNumberProperty("null_value", number);
            case Scalar.Flag(boolean flag) -> out.writeBooleanProperty("null_value", flag);
        }
    }
}
