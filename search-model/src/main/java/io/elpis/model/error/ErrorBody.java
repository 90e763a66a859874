package io.elpis.model.error;

import io.elpis.model.json.Json;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/** Errors as OpenSearch prints them. */
public final class ErrorBody {
    private static final String CAUSED_BY = "caused_by";
    private static final String ROOT_CAUSE = "root_cause";

    private ErrorBody() {}

    /** A whole answer: {@code {"error":{…},"status":400}}. */
    public static byte[] write(ElpisException failure) {
        return Json.write(out -> {
            out.writeStartObject();
            out.writeName("error");
            writeError(out, failure);
            out.writeNumberProperty("status", failure.code().httpStatus());
            out.writeEndObject();
        });
    }

    /** The error object of a whole answer, as the next value. */
    public static void writeError(JsonGenerator out, ElpisException failure) {
        out.writeStartObject();
        out.writeArrayPropertyStart(ROOT_CAUSE);
        if (failure.details().get(ROOT_CAUSE) instanceof Iterable<?> causes) {
            causes.forEach(cause -> Json.writeValue(out, cause));
        } else {
            out.writeStartObject();
            members(out, failure, false);
            out.writeEndObject();
        }
        out.writeEndArray();
        members(out, failure, true);
        out.writeEndObject();
    }

    /** The error object of one item or one shard, as the next value. */
    public static void writeItemError(JsonGenerator out, ElpisException failure) {
        out.writeStartObject();
        members(out, failure, true);
        out.writeEndObject();
    }

    private static void members(JsonGenerator out, ElpisException failure, boolean withCause) {
        out.writeStringProperty("type", failure.code().type());
        out.writeStringProperty("reason", failure.reason());
        Map<String, Object> details = new TreeMap<>(failure.details());
        details.remove(ROOT_CAUSE);
        Object cause = details.remove(CAUSED_BY);
        details.forEach((name, value) -> {
            out.writeName(name);
            Json.writeValue(out, value);
        });
        if (withCause && cause != null) {
            out.writeName(CAUSED_BY);
            Json.writeValue(out, cause);
        }
    }
}
