package io.elpis.model.schema;

import static io.elpis.model.schema.FieldParameters.mistake;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads what a field says of itself for readers alone, such as its unit: a few short texts, as OpenSearch bounds them. */
final class FieldMeta {
    private static final int MAX_ENTRIES = 5;
    private static final int MAX_KEY = 20;
    private static final int MAX_VALUE = 50;

    private FieldMeta() {}

    /** @throws io.elpis.model.error.ElpisException MAPPER_PARSING when it is anything else */
    static Map<String, String> read(String field, JsonNode value) {
        if (!value.isObject()) {
            throw mistake("[meta] must be an object, got " + value + " for field [" + field + "]");
        }
        if (value.size() > MAX_ENTRIES) {
            throw mistake("[meta] can't have more than " + MAX_ENTRIES + " entries, but got " + value.size()
                    + " on field [" + field + "]");
        }
        Map<String, String> meta = new LinkedHashMap<>();
        value.forEachEntry((key, member) -> {
            requireLength("keys", MAX_KEY, key, field);
            if (!member.isString()) {
                throw mistake("[meta] values can only be strings, but got " + member + " for field [" + field + "]");
            }
            requireLength("values", MAX_VALUE, member.stringValue(), field);
            meta.put(key, member.stringValue());
        });
        return meta;
    }

    private static void requireLength(String what, int limit, String text, String field) {
        if (text.codePointCount(0, text.length()) > limit) {
            throw mistake("[meta] " + what + " can't be longer than " + limit + " chars, but got [" + text
                    + "] for field [" + field + "]");
        }
    }
}
