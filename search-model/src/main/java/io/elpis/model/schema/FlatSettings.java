package io.elpis.model.schema;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Settings by their full dotted name, however they were nested: text, a list of texts, or null to reset. */
final class FlatSettings {
    private static final String PREFIX = "index.";
    /** Of all names together, which repeat what they are nested in. No record that holds them could be larger. */
    private static final int MAX_CHARACTERS = 16 << 20;

    private final Map<String, @Nullable Object> flat = new LinkedHashMap<>();
    private long characters;

    private FlatSettings() {}

    /** Names come with {@code index.} in front, whether they were given so or not. */
    static Map<String, @Nullable Object> of(JsonNode settings) {
        JsonNode wrapped = settings.get("settings");
        JsonNode members = settings.size() == 1 && wrapped != null && wrapped.isObject() ? wrapped : settings;
        FlatSettings all = new FlatSettings();
        all.flatten("", members);
        return all.flat;
    }

    private void flatten(String prefix, JsonNode members) {
        members.forEachEntry((name, value) -> {
            String full = prefix + name;
            characters += full.length();
            if (characters > MAX_CHARACTERS) {
                throw new ElpisException(
                        ErrorCode.ILLEGAL_ARGUMENT,
                        "names of settings are too long: more than [" + MAX_CHARACTERS + "] characters in all");
            }
            if (value.isObject()) {
                flatten(full + '.', value);
            } else {
                flat.put(full.startsWith(PREFIX) ? full : PREFIX + full, scalar(full, value));
            }
        });
    }

    private static @Nullable Object scalar(String name, JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        if (value.isArray()) {
            List<String> texts = new ArrayList<>();
            for (JsonNode member : value) {
                if (!member.isValueNode()) {
                    throw new ElpisException(
                            ErrorCode.SETTINGS, "setting [" + name + "] must be a text or a list of texts");
                }
                texts.add(member.asString());
            }
            return List.copyOf(texts);
        }
        return value.asString();
    }
}
