package io.elpis.model.document;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The parser's current scalar: its kind, and its text as bytes of the source wherever these are the text itself. */
final class JsonValue {
    private final byte[] source;
    private final JsonParser parser;
    private int offset;
    private int length;
    private boolean escaped;

    JsonValue(byte[] source, JsonParser parser) {
        this.source = source;
        this.parser = parser;
    }

    /** Looks at the parser's current token. */
    void take() {
        JsonToken token = parser.currentToken();
        int start = (int) parser.currentTokenLocation().getByteOffset();
        if (token == JsonToken.VALUE_STRING) {
            offset = start + 1;
            int end = offset;
            while (end < source.length && source[end] != '"' && source[end] != '\\') {
                end++;
            }
            // A text that never ends goes to the parser too, which says so.
            escaped = end == source.length || source[end] == '\\';
            length = end - offset;
        } else {
            offset = start;
            escaped = false;
            length = parser.getStringLength();
        }
    }

    JsonToken token() {
        return parser.currentToken();
    }

    boolean isText() {
        return parser.currentToken() == JsonToken.VALUE_STRING;
    }

    JsonParser parser() {
        return parser;
    }

    /** The value as text: a span of the source unless it has escapes. */
    FieldValue asTextValue() {
        return escaped ? new FieldValue.Text(parser.getString()) : new FieldValue.SourceSpan(offset, length);
    }

    String text() {
        return escaped ? parser.getString() : new String(source, offset, length, StandardCharsets.UTF_8);
    }

    /** Whether the text has more UTF-16 units than that. */
    boolean isLongerThan(int limit) {
        if (escaped) {
            return parser.getStringLength() > limit;
        }
        if (length <= limit) {
            return false;
        }
        int units = 0;
        for (int at = offset; at < offset + length; at++) {
            int lead = source[at] & 0xff;
            units += lead >= 0xf0 ? 2 : (lead & 0xc0) != 0x80 ? 1 : 0;
        }
        return units > limit;
    }

    int utf8Length() {
        return escaped ? parser.getString().getBytes(StandardCharsets.UTF_8).length : length;
    }
}
