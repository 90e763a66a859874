package io.elpis.query.search;

import io.elpis.model.json.Json;
import io.elpis.model.search.SourceFilter;
import io.elpis.query.lucene.Wildcard;
import org.apache.lucene.util.BytesRef;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Leaves out of a source what a filter does not let through, in one pass over its tokens. */
final class SourceFiltering {
    private final SourceFilter filter;

    SourceFiltering(SourceFilter filter) {
        this.filter = filter;
    }

    byte[] apply(BytesRef source) {
        return Json.write(out -> {
            try (JsonParser in = Json.parser(source.bytes, source.offset, source.length)) {
                in.nextToken();
                object(in, out, "", false);
            }
        });
    }

    /** @param included an include matched further up */
    private void object(JsonParser in, JsonGenerator out, String path, boolean included) {
        out.writeStartObject();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            String full = path.isEmpty() ? name : path + '.' + name;
            boolean whole = included || filter.includes().isEmpty() || matches(filter.includes(), full);
            JsonToken token = in.nextToken();
            if (matches(filter.excludes(), full) || !whole && !mayHoldIncluded(full, token)) {
                in.skipChildren();
            } else {
                out.writeName(name);
                value(in, out, full, whole);
            }
        }
        out.writeEndObject();
    }

    private void value(JsonParser in, JsonGenerator out, String path, boolean included) {
        switch (in.currentToken()) {
            case START_OBJECT -> object(in, out, path, included);
            case START_ARRAY -> {
                out.writeStartArray();
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    if (included || in.currentToken().isStructStart()) {
                        value(in, out, path, included);
                    }
                }
                out.writeEndArray();
            }
            default -> out.copyCurrentEvent(in);
        }
    }

    private static boolean matches(Iterable<String> patterns, String path) {
        for (String pattern : patterns) {
            if (Wildcard.matches(pattern, path)) {
                return true;
            }
        }
        return false;
    }

    /** Whether something below this path may be included, though the path itself is not. */
    private boolean mayHoldIncluded(String path, JsonToken token) {
        if (!token.isStructStart()) {
            return false;
        }
        for (String include : filter.includes()) {
            int star = include.indexOf('*');
            String fixed = star < 0 ? include : include.substring(0, star);
            if (fixed.startsWith(path + '.') || star >= 0 && (path + '.').startsWith(fixed)) {
                return true;
            }
        }
        return false;
    }
}
