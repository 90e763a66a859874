package io.elpis.model.document;

import io.elpis.model.body.JsonBody;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.MetadataFields;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;

/** What is wrong with bytes that should be a document: MAPPER_PARSING errors. */
final class ParsingFailure {
    private ParsingFailure() {}

    static ElpisException mistake(String reason) {
        return new ElpisException(ErrorCode.MAPPER_PARSING, reason);
    }

    static ElpisException nameless() {
        return mistake("failed to parse: field name cannot be an empty string");
    }

    /** @param path of a field that has a metadata field's name, or is below one */
    static ElpisException metadata(String path) {
        return mistake("Field [" + MetadataFields.rootOf(path) + "] is a metadata field and cannot be added inside"
                + " a document. Use the index API request parameters.");
    }

    /** Goes to the first token, which has to begin an object. */
    static void requireObject(JsonParser parser) {
        JsonToken first = parser.nextToken();
        if (first != JsonToken.START_OBJECT) {
            throw mistake(
                    first == null
                            ? "failed to parse, document is empty"
                            : "failed to parse: Malformed content, must start with an object");
        }
    }

    /** Goes behind the last token. */
    static void requireEnd(JsonParser parser) {
        if (parser.nextToken() != null) {
            throw mistake(
                    "failed to parse: Malformed content, found extra data after parsing: " + parser.currentToken());
        }
    }

    /** The parser stands at the second member of this name in one object. */
    static ElpisException duplicate(String name, JsonParser parser) {
        String reason = "Duplicate field '" + name + "'";
        return at(parser.currentTokenLocation(), reason, Map.of("type", "json_parse_exception", "reason", reason));
    }

    static ElpisException malformed(JacksonException e) {
        String reason = JsonBody.describe(e);
        return at(e.getLocation(), reason, Map.of("type", "json_parse_exception", "reason", reason));
    }

    private static ElpisException at(@Nullable TokenStreamLocation place, String reason, Map<String, Object> cause) {
        Map<String, Object> details = place == null
                ? Map.of("caused_by", cause)
                : Map.of("line", place.getLineNr(), "col", place.getColumnNr(), "caused_by", cause);
        return new ElpisException(ErrorCode.MAPPER_PARSING, "failed to parse: " + reason, details);
    }
}
