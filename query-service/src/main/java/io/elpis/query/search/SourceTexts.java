package io.elpis.query.search;

import io.elpis.model.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.util.BytesRef;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Finds the texts of some paths in a source. */
final class SourceTexts {
    private final Set<String> paths;
    private final Map<String, List<String>> found = new HashMap<>();

    private SourceTexts(Set<String> paths) {
        this.paths = paths;
    }

    static Map<String, List<String>> of(BytesRef source, Set<String> paths) {
        SourceTexts texts = new SourceTexts(paths);
        try (JsonParser in = Json.parser(source.bytes, source.offset, source.length)) {
            in.nextToken();
            texts.object(in, "");
        }
        return texts.found;
    }

    private void object(JsonParser in, String path) {
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            in.nextToken();
            value(in, path.isEmpty() ? name : path + '.' + name);
        }
    }

    private void value(JsonParser in, String path) {
        switch (in.currentToken()) {
            case START_OBJECT -> object(in, path);
            case START_ARRAY -> {
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    value(in, path);
                }
            }
            case VALUE_NULL -> {}
            default -> {
                if (paths.contains(path)) {
                    found.computeIfAbsent(path, _ -> new ArrayList<>()).add(in.getString());
                }
            }
        }
    }
}
