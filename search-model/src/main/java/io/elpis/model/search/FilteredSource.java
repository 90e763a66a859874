package io.elpis.model.search;

import io.elpis.model.json.Json;
import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * Keeps of a document what a filter wants, in one pass; what is kept is copied byte for byte. An object or list of
 * which nothing is kept is left out.
 */
public final class FilteredSource {
    private final byte[] source;
    private final JsonParser parser;
    private final PathPatterns includes;
    private final PathPatterns excludes;
    private final ByteArrayOutputStream out;

    private FilteredSource(SourceFilter filter, byte[] source, JsonParser parser) {
        this.source = source;
        this.parser = parser;
        this.includes = new PathPatterns(filter.includes());
        this.excludes = new PathPatterns(filter.excludes());
        this.out = new ByteArrayOutputStream(source.length);
    }

    /**
     * @param source one JSON object
     * @return {@code source} itself when the filter keeps all; no bytes when it keeps nothing by being disabled
     */
    public static byte[] of(SourceFilter filter, byte[] source) {
        if (filter.isWhole()) {
            return source;
        }
        if (!filter.enabled()) {
            return new byte[0];
        }
        try (JsonParser parser = Json.parser(source)) {
            FilteredSource filtered = new FilteredSource(filter, source, parser);
            parser.nextToken();
            if (!filtered.object("", filtered.includes.isEmpty(), "")) {
                return new byte[] {'{', '}'};
            }
            return filtered.out.toByteArray();
        }
    }

    /**
     * @param included all of it is wanted as far as it is not excluded
     * @param before what has to stand in front of it if anything of it is kept
     * @return whether anything was written
     */
    private boolean object(String prefix, boolean included, String before) {
        boolean written = false;
        String name;
        while ((name = parser.nextName()) != null) {
            parser.nextToken();
            String path = prefix.isEmpty() ? name : prefix + '.' + name;
            String lead = (written ? "," : before + "{") + quoted(name) + ":";
            written |= member(path, included || includes.match(path), lead);
        }
        if (!written && included) {
            write(before + "{");
        }
        if (written || included) {
            out.write('}');
            return true;
        }
        return false;
    }

    private boolean member(String path, boolean included, String before) {
        boolean wanted = included || includes.mayMatchBelow(path);
        if (!wanted || excludes.match(path)) {
            parser.skipChildren();
            return false;
        }
        if (included && !excludes.mayMatchBelow(path)) {
            write(before);
            copy();
            return true;
        }
        return value(path, included, before);
    }

    /** A value of which parts may go. */
    private boolean value(String path, boolean included, String before) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(path, included, before);
            case START_ARRAY -> array(path, included, before);
            default -> {
                if (included) {
                    write(before);
                    copy();
                }
                yield included;
            }
        };
    }

    private boolean array(String path, boolean included, String before) {
        boolean written = false;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            written |= value(path, included, written ? "," : before + "[");
        }
        if (!written && included) {
            write(before + "[");
        }
        if (written || included) {
            out.write(']');
            return true;
        }
        return false;
    }

    /** The current value as it stands in the source. */
    private void copy() {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        JsonToken token = parser.currentToken();
        int to;
        if (token == JsonToken.VALUE_STRING) {
            parser.finishToken();
            to = (int) parser.currentLocation().getByteOffset();
        } else if (token.isScalarValue()) {
            to = from + parser.getStringLength();
        } else {
            parser.skipChildren();
            to = (int) parser.currentLocation().getByteOffset();
        }
        out.write(source, from, to - from);
    }

    private static String quoted(String name) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(name)) + '"';
    }

    private void write(String text) {
        out.writeBytes(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
