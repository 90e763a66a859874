package io.elpis.model.bulk;

import io.elpis.model.body.JsonBody;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads one action line. What was read before a mistake stays readable, so that the answer can name it. */
final class ActionLine {
    private static final int MAX_ID_BYTES = 512;

    private final int number;
    private BulkAction action = BulkAction.INDEX;
    private boolean known;
    private @Nullable String index;
    private @Nullable String id;
    private @Nullable String routing;
    private @Nullable Long ifSeqNo;
    private @Nullable Long ifPrimaryTerm;
    private @Nullable Long version;
    private @Nullable String versionType;
    private @Nullable Long retryOnConflict;

    /** @param number of the line in the request, from 1 */
    ActionLine(int number, @Nullable String defaultIndex) {
        this.number = number;
        this.index = defaultIndex;
    }

    /** Whether the line says at least which action it is. */
    boolean isKnown() {
        return known;
    }

    BulkAction action() {
        return action;
    }

    /** @throws ElpisException when the line is no action */
    void read(byte[] body, int offset, int length) {
        try (JsonParser parser = Json.parser(body, offset, length)) {
            expect(parser, JsonToken.START_OBJECT);
            expect(parser, JsonToken.PROPERTY_NAME);
            String name = parser.currentName();
            BulkAction named = BulkAction.named(name);
            if (named == null) {
                throw unknownAction(name, parser);
            }
            action = named;
            expect(parser, JsonToken.START_OBJECT);
            known = true;
            parameters(parser);
            if (parser.nextToken() != null) {
                throw mistake(
                        "Malformed action/metadata line [" + number + "], unexpected data after the closing brace");
            }
        } catch (JacksonException e) {
            throw mistake("Malformed action/metadata line [" + number + "]: " + JsonBody.mistake(e) + " at column "
                    + (e.getLocation() == null ? 0 : e.getLocation().getColumnNr()));
        }
        checkId();
    }

    private void parameters(JsonParser parser) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String parameter = parser.currentName();
            parser.nextToken();
            parameter(parameter, parser);
        }
        expect(parser, JsonToken.END_OBJECT);
    }

    /** Reads on as far as it can, so that the answer names what was meant. */
    private ElpisException unknownAction(String name, JsonParser parser) {
        ElpisException unknown = mistake("Malformed action/metadata line [" + number
                + "], expected field [create], [delete], [index] or [update] but found [" + name + "]");
        try {
            expect(parser, JsonToken.START_OBJECT);
            parameters(parser);
        } catch (ElpisException | JacksonException further) {
            unknown.addSuppressed(further);
        }
        action = BulkAction.INDEX;
        return unknown;
    }

    private void expect(JsonParser parser, JsonToken expected) {
        JsonToken found = parser.nextToken();
        if (found != expected) {
            throw mistake("Malformed action/metadata line [" + number + "], expected " + expected + " but found ["
                    + found + "]");
        }
    }

    private void parameter(String name, JsonParser parser) {
        if (!parser.currentToken().isScalarValue()) {
            throw mistake("Malformed action/metadata line [" + number + "], expected a simple value for field [" + name
                    + "] but found [" + parser.currentToken() + "]");
        }
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        switch (name) {
            case "_index" -> index = parser.getString();
            case "_id" -> id = parser.getString();
            case "routing", "_routing" -> routing = parser.getString();
            case "if_seq_no" -> ifSeqNo = number(name, parser);
            case "if_primary_term" -> ifPrimaryTerm = number(name, parser);
            case "version", "_version" -> version = number(name, parser);
            case "version_type", "_version_type" -> versionType = versionType(parser.getString());
            case "op_type" -> opType(parser.getString());
            case "retry_on_conflict", "_retry_on_conflict" -> retryOnConflict = number(name, parser);
            case "require_alias" -> {
                if (parser.currentToken() != JsonToken.VALUE_FALSE) {
                    throw mistake("[require_alias] is not supported");
                }
            }
            default ->
                throw mistake("Action/metadata line [" + number + "] contains an unknown parameter [" + name + "]");
        }
    }

    private void opType(String text) {
        if (action == BulkAction.INDEX && text.equals("create")) {
            action = BulkAction.CREATE;
        } else if (!text.equals(action.actionName())) {
            throw mistake("opType must be 'create' or 'index', found: [" + text + "]");
        }
    }

    private static @Nullable String versionType(String text) {
        return switch (text) {
            case "internal" -> null;
            case "external", "external_gt" -> "external";
            case "external_gte" -> "external_gte";
            default -> throw mistake("No version type match [" + text + "]");
        };
    }

    private static long number(String name, JsonParser parser) {
        try {
            return Long.parseLong(parser.getString());
        } catch (NumberFormatException e) {
            throw mistake("Failed to parse value [" + parser.getString() + "] of [" + name + "] as a whole number");
        }
    }

    private void checkId() {
        if (id != null && id.isEmpty()) {
            throw mistake("if _id is specified it must not be empty");
        }
        int bytes = id == null ? 0 : id.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_ID_BYTES) {
            throw mistake(
                    "id [" + id + "] is too long, must be no longer than " + MAX_ID_BYTES + " bytes but was: " + bytes);
        }
        if (id == null && (action == BulkAction.DELETE || action == BulkAction.UPDATE)) {
            throw new ElpisException(
                    ErrorCode.ACTION_REQUEST_VALIDATION, "Validation Failed: 1: an id must be provided;");
        }
    }

    BulkItem operation(int sourceOffset, int sourceLength) {
        return new BulkItem.Operation(
                action,
                index,
                id,
                routing,
                ifSeqNo,
                ifPrimaryTerm,
                version,
                versionType,
                retryOnConflict,
                sourceOffset,
                sourceLength);
    }

    BulkItem broken(ElpisException failure) {
        return new BulkItem.Broken(action, index, id, failure);
    }

    static ElpisException mistake(String reason) {
        return new ElpisException(ErrorCode.ILLEGAL_ARGUMENT, reason, Map.of());
    }
}
