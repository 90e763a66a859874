package io.elpis.support.error;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.json.Json;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A failure in OpenSearch's JSON: {@code {"error":{"root_cause":[{"type","reason",…}],"type","reason",…},"status"}}.
 */
public final class ErrorBody {
    public static final String CONTENT_TYPE = "application/json; charset=UTF-8";

    private static final Map<String, String> CHALLENGE = Map.of("WWW-Authenticate", "Bearer realm=\"elpis\"");
    private static final Map<String, String> COME_BACK = Map.of("Retry-After", "1");

    private static final JsonFactory JSON = new JsonFactory();

    private ErrorBody() {}

    /** What an answer with this failure carries beside status, type and body. */
    public static Map<String, String> headers(ErrorCode code) {
        return headers(code.httpStatus());
    }

    /** What an answer with this status of failure carries beside status, type and body. */
    public static Map<String, String> headers(int status) {
        return switch (status) {
            case 401 -> CHALLENGE;
            case 429, 503 -> COME_BACK;
            default -> Map.of();
        };
    }

    public static byte[] of(ElpisException failure) {
        return of(failure.code(), failure.reason(), failure.details());
    }

    public static byte[] of(ErrorCode code, String reason) {
        return of(code, reason, Map.of());
    }

    /** @param details members beside type and reason: what JSON has, or anything else by its text */
    public static byte[] of(ErrorCode code, String reason, Map<String, Object> details) {
        return of(code.type(), code.httpStatus(), reason, details);
    }

    /** For failures of the HTTP layer itself that have no code of ours. */
    public static byte[] of(String type, int status, String reason, Map<String, Object> details) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeObjectPropertyStart("error");
            json.writeArrayPropertyStart("root_cause");
            json.writeStartObject();
            members(json, type, reason, details);
            json.writeEndObject();
            json.writeEndArray();
            members(json, type, reason, details);
            json.writeEndObject();
            json.writeNumberProperty("status", status);
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void members(JsonGenerator json, String type, String reason, Map<String, Object> details) {
        json.writeStringProperty("type", type);
        json.writeStringProperty("reason", reason);
        details.forEach((name, value) -> {
            json.writeName(name);
            Json.writeValue(json, value);
        });
    }
}
