package io.elpis.model.search;

import io.elpis.model.json.Json;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * Keeps of a document what a filter wants, in one pass; what is kept is copied byte for byte. An object or list of
 * which nothing is kept is left out.
 */
public final class FilteredSource {
    private final byte[] bytes;
    private final int offset;
    private final JsonParser parser;
    private final PathPatterns includes;
    private final PathPatterns excludes;
    private final ByteArrayOutputStream out;

    private FilteredSource(SourceFilter filter, byte[] bytes, int offset, int length, JsonParser parser) {
        this.bytes = bytes;
        this.offset = offset;
        this.parser = parser;
        this.includes = new PathPatterns(filter.includes());
        this.excludes = new PathPatterns(filter.excludes());
        this.out = new ByteArrayOutputStream(Math.min(length, 8192));
    }

    /** @param bytes hold one JSON object */
    public static byte[] of(SourceFilter filter, byte[] bytes, int offset, int length) {
        if (filter.isWhole()) {
            return Arrays.copyOfRange(bytes, offset, offset + length);
        }
        if (!filter.enabled()) {
            return new byte[0];
        }
        try (JsonParser parser = Json.parser(bytes, offset, length)) {
            FilteredSource filtered = new FilteredSource(filter, bytes, offset, length, parser);
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

    /** The current value as it stands in the source. The parser counts from where it began. */
    private void copy() {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        int to = Json.valueEnd(parser);
        out.write(bytes, offset + from, to - from);
    }

    private static String quoted(String name) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(name)) + '"';
    }

    private void write(String text) {
        out.writeBytes(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
