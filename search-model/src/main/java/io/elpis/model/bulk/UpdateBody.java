package io.elpis.model.bulk;

import io.elpis.model.body.JsonBody;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.json.Json;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;

/**
 * A partial update.
 *
 * @param doc partial document; empty when absent
 * @param upsert the document to store where none exists; empty when absent
 */
public record UpdateBody(byte[] doc, byte[] upsert, boolean docAsUpsert, boolean detectNoop) {
    private static final byte[] NONE = {};

    /** @throws ElpisException PARSING or ACTION_REQUEST_VALIDATION */
    public static UpdateBody parse(byte[] body, int offset, int length) {
        byte[] bytes = Arrays.copyOfRange(body, offset, offset + length);
        byte[] doc = NONE;
        byte[] upsert = NONE;
        boolean docAsUpsert = false;
        boolean detectNoop = true;
        try (JsonParser parser = Json.parser(bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw JsonBody.at(parser.currentLocation(), "an update must be a JSON object");
            }
            @Nullable String name;
            while ((name = parser.nextName()) != null) {
                TokenStreamLocation place = parser.currentTokenLocation();
                parser.nextToken();
                switch (name) {
                    case "doc" -> doc = object(name, bytes, parser);
                    case "upsert" -> upsert = object(name, bytes, parser);
                    case "doc_as_upsert" -> docAsUpsert = parser.getBooleanValue();
                    case "detect_noop" -> detectNoop = parser.getBooleanValue();
                    default -> throw JsonBody.at(place, "[UpdateRequest] unknown field [" + name + "]");
                }
            }
        } catch (JacksonException e) {
            throw JsonBody.malformed(e);
        }
        if (doc.length == 0) {
            throw new ElpisException(
                    ErrorCode.ACTION_REQUEST_VALIDATION, "Validation Failed: 1: script or doc is missing;");
        }
        return new UpdateBody(doc, upsert, docAsUpsert, detectNoop);
    }

    private static byte[] object(String name, byte[] bytes, JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw JsonBody.at(parser.currentTokenLocation(), "[" + name + "] must be an object");
        }
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        return Arrays.copyOfRange(bytes, from, (int) parser.currentLocation().getByteOffset());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UpdateBody that
                && Arrays.equals(doc, that.doc)
                && Arrays.equals(upsert, that.upsert)
                && docAsUpsert == that.docAsUpsert
                && detectNoop == that.detectNoop;
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(doc) + Arrays.hashCode(upsert);
    }
}
