package io.elpis.model.search;

import io.elpis.model.body.BodyReader;
import java.util.List;
import tools.jackson.core.JsonToken;

/** Reads {@code _source}: true or false, one path or several, or an object of includes and excludes. */
public final class SourceFilterParser {
    private SourceFilterParser() {}

    /** @param in at the value */
    public static SourceFilter parse(BodyReader in) {
        if (in.isAt(JsonToken.VALUE_TRUE)) {
            return SourceFilter.ALL;
        }
        if (in.isAt(JsonToken.VALUE_FALSE)) {
            return SourceFilter.NONE;
        }
        if (!in.isAt(JsonToken.START_OBJECT)) {
            return new SourceFilter(true, in.texts("_source"), List.of());
        }
        List<String> includes = List.of();
        List<String> excludes = List.of();
        for (String name = in.nextMember(); name != null; name = in.nextMember()) {
            switch (name) {
                case "includes", "include" -> includes = in.texts(name);
                case "excludes", "exclude" -> excludes = in.texts(name);
                default -> throw in.mistake("Unknown key for a " + in.tokenName() + " in [" + name + "].");
            }
        }
        return new SourceFilter(true, includes, excludes);
    }
}
