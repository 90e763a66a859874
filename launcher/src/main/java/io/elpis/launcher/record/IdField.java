package io.elpis.launcher.record;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** Finds the value of one top-level field of a JSON object without building a tree. */
final class IdField {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private IdField() {}

    static String in(byte[] object, String field) throws BrokenRecord {
        try (JsonParser parser = JSON.createParser(object)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new BrokenRecord("not a JSON object");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals(field)) {
                    return text(parser, value, field);
                }
                parser.skipChildren();
            }
        } catch (JacksonException e) {
            throw new BrokenRecord("broken JSON: " + e.getOriginalMessage());
        }
        throw new BrokenRecord("no field " + field);
    }

    private static String text(JsonParser parser, JsonToken value, String field) throws BrokenRecord {
        if (!value.isScalarValue() || value == JsonToken.VALUE_NULL) {
            throw new BrokenRecord("field " + field + " is neither text nor a number");
        }
        String text = parser.getString();
        if (text.isEmpty()) {
            throw new BrokenRecord("field " + field + " is empty");
        }
        return text;
    }
}
