package io.elpis.model.schema;

import io.elpis.model.body.JsonBody;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import tools.jackson.databind.JsonNode;

/** What a caller wants of a new index. */
public record IndexDefinition(IndexSettings settings, Mapping mapping) {

    /** Reads the body of a create-index request; no body is all defaults. */
    public static IndexDefinition parse(byte[] body) {
        JsonNode json = JsonBody.object(body);
        IndexSettings settings = IndexSettings.DEFAULT;
        Mapping mapping = Mapping.EMPTY;
        for (String key : json.propertyNames()) {
            JsonNode value = json.path(key);
            switch (key) {
                case "settings" -> settings = IndexSettingsParser.parse(object(key, value));
                case "mappings" -> mapping = MappingParser.merge(Mapping.EMPTY, object(key, value));
                case "aliases" -> {
                    if (!value.isEmpty()) {
                        throw new ElpisException(ErrorCode.ILLEGAL_ARGUMENT, "[aliases] is not supported yet");
                    }
                }
                default -> throw new ElpisException(ErrorCode.PARSING, "unknown key [" + key + "] for create index");
            }
        }
        MappingLimits.check(settings);
        MappingLimits.check(mapping, Mapping.EMPTY, settings);
        return new IndexDefinition(settings, mapping);
    }

    private static JsonNode object(String key, JsonNode value) {
        if (!value.isObject()) {
            throw new ElpisException(ErrorCode.PARSING, "key [" + key + "] must be an object");
        }
        return value;
    }
}
