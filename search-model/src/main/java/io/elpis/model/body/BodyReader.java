package io.elpis.model.body;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;

/** Walks over a JSON body token by token; every mistake is told with its place. Confined to one thread. */
public final class BodyReader implements AutoCloseable {
    private final JsonParser parser;

    public BodyReader(byte[] body) {
        this(body, 0, body.length);
    }

    /** A part of the bytes; places are counted from its beginning. */
    public BodyReader(byte[] bytes, int offset, int length) {
        this.parser = Json.parser(bytes, offset, length);
    }

    /** Whether there is a body at all; the reader is at its start then. */
    public boolean startsObject() {
        if (next() == null) {
            return false;
        }
        expect(JsonToken.START_OBJECT, "Expected [START_OBJECT] but found [" + tokenName() + "]");
        return true;
    }

    /** Null at the end. */
    public @Nullable JsonToken next() {
        try {
            return parser.nextToken();
        } catch (JacksonException e) {
            throw JsonBody.malformed(e);
        }
    }

    /** The next member's name, with the reader at its value; null behind the last. */
    public @Nullable String nextMember() {
        if (next() != JsonToken.PROPERTY_NAME) {
            if (parser.currentToken() != JsonToken.END_OBJECT) {
                throw mistake("expected the end of an object but found [" + tokenName() + "]");
            }
            return null;
        }
        String name = parser.currentName();
        next();
        return name;
    }

    /** Where the current value begins, in bytes from the beginning. */
    public int valueStart() {
        return (int) place().getByteOffset();
    }

    /** Where the current value ends, in bytes from the beginning; goes to its last token. */
    public int valueEnd() {
        try {
            return Json.valueEnd(parser);
        } catch (JacksonException e) {
            throw JsonBody.malformed(e);
        }
    }

    public boolean isAt(JsonToken token) {
        return parser.currentToken() == token;
    }

    public boolean isAtScalar() {
        JsonToken token = parser.currentToken();
        return token != null && token.isScalarValue() && token != JsonToken.VALUE_NULL;
    }

    public @Nullable JsonToken token() {
        return parser.currentToken();
    }

    public String name() {
        return parser.currentName();
    }

    /** The current token as errors call it. */
    public String tokenName() {
        JsonToken token = parser.currentToken();
        return token == null ? "END" : token == JsonToken.PROPERTY_NAME ? "FIELD_NAME" : token.name();
    }

    /** A scalar as text. */
    public String text(String what) {
        if (!isAtScalar()) {
            throw mistake("[" + what + "] expects a simple value but found [" + tokenName() + "]");
        }
        try {
            return parser.getString();
        } catch (JacksonException e) {
            throw JsonBody.malformed(e);
        }
    }

    /** A text, or a list of texts. */
    public List<String> texts(String what) {
        if (!isAt(JsonToken.START_ARRAY)) {
            return List.of(text(what));
        }
        List<String> texts = new ArrayList<>();
        while (next() != JsonToken.END_ARRAY) {
            texts.add(text(what));
        }
        return texts;
    }

    public boolean flag(String what) {
        return switch (text(what).toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw mistake("Failed to parse value [" + text(what) + "] of [" + what
                        + "] as only [true] or [false] are allowed.");
        };
    }

    public int whole(String what) {
        String text = text(what);
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw mistake("Failed to parse int parameter [" + what + "] with value [" + text + "]");
        }
    }

    public float decimal(String what) {
        String text = text(what);
        try {
            float value = Float.parseFloat(text);
            if (Float.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw mistake("Failed to parse float parameter [" + what + "] with value [" + text + "]");
    }

    /** Exact where it fits, else the nearest. */
    public long wholeNumber() {
        return parser.getLongValue();
    }

    public boolean fitsLong() {
        return isAt(JsonToken.VALUE_NUMBER_INT) && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    }

    public double decimalNumber() {
        return parser.getDoubleValue();
    }

    /** @throws ElpisException when the current token is another */
    public void expect(JsonToken token, String reason) {
        if (!isAt(token)) {
            throw mistake(reason);
        }
    }

    /** A PARSING error at the current token. */
    public ElpisException mistake(String reason) {
        return JsonBody.at(place(), reason);
    }

    public ElpisException mistake(ErrorCode code, String reason) {
        TokenStreamLocation place = place();
        return new ElpisException(code, reason, Map.of("line", place.getLineNr(), "col", place.getColumnNr()));
    }

    public TokenStreamLocation place() {
        return parser.currentTokenLocation();
    }

    /** @throws ElpisException when something follows */
    public void expectEnd() {
        if (next() != null) {
            throw mistake("Unexpected [" + tokenName() + "] behind the end of the request's body");
        }
    }

    @Override
    public void close() {
        parser.close();
    }
}
