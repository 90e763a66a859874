package io.elpis.support.error;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
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

    /** Sent with every 401. */
    public static final String CHALLENGE = "Bearer realm=\"elpis\"";

    private static final JsonFactory JSON = new JsonFactory();

    private ErrorBody() {}

    public static byte[] of(ElpisException failure) {
        return of(failure.code(), failure.reason(), failure.details());
    }

    public static byte[] of(ErrorCode code, String reason) {
        return of(code, reason, Map.of());
    }

    /** @param details members beside type and reason: texts, numbers, truth values, or anything by its text */
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
            switch (value) {
                case Boolean truth -> json.writeBooleanProperty(name, truth);
                case Integer number -> json.writeNumberProperty(name, number);
                case Long number -> json.writeNumberProperty(name, number);
                case Double number -> json.writeNumberProperty(name, number);
                default -> json.writeStringProperty(name, value.toString());
            }
        });
    }
}
