package io.elpis.index.http;

import io.elpis.model.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import tools.jackson.core.JsonGenerator;

/** Answers as bytes. */
public final class Answers {
    private static final String JSON = "application/json; charset=UTF-8";
    private static final String TEXT = "text/plain; charset=UTF-8";

    private Answers() {}

    /** @param members of the answer's object */
    public static ResponseEntity<byte[]> object(int status, Consumer<JsonGenerator> members) {
        return json(status, Json.write(out -> {
            out.writeStartObject();
            members.accept(out);
            out.writeEndObject();
        }));
    }

    public static ResponseEntity<byte[]> json(int status, byte[] body) {
        return ResponseEntity.status(HttpStatusCode.valueOf(status))
                .header(HttpHeaders.CONTENT_TYPE, JSON)
                .body(body);
    }

    public static ResponseEntity<byte[]> text(String body) {
        return ResponseEntity.ok().header(HttpHeaders.CONTENT_TYPE, TEXT).body(body.getBytes(StandardCharsets.UTF_8));
    }

    public static ResponseEntity<byte[]> acknowledged() {
        return object(200, out -> out.writeBooleanProperty("acknowledged", true));
    }

    /** {@code "_shards":{…}} as a member. */
    public static void shards(JsonGenerator out, int total, int successful, int failed) {
        out.writeObjectPropertyStart("_shards");
        out.writeNumberProperty("total", total);
        out.writeNumberProperty("successful", successful);
        out.writeNumberProperty("failed", failed);
        out.writeEndObject();
    }
}
