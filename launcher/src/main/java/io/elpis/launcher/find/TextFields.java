package io.elpis.launcher.find;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The text fields of an index that can be searched, named by their paths. */
final class TextFields {

    private TextFields() {}

    /** @param answer of {@code GET /{index}/_mapping}, which may name several indices */
    static List<String> in(JsonNode answer) {
        var fields = new ArrayList<String>();
        answer.forEach(index -> collect(index.path("mappings").path("properties"), "", fields));
        return fields.stream().distinct().toList();
    }

    private static void collect(JsonNode properties, String prefix, List<String> fields) {
        properties.properties().forEach(property -> {
            String name = prefix + property.getKey();
            JsonNode mapping = property.getValue();
            if (mapping.path("type").asString("").equals("text")
                    && mapping.path("index").asBoolean(true)) {
                fields.add(name);
            }
            collect(mapping.path("properties"), name + ".", fields);
        });
    }
}
