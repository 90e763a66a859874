package io.elpis.e2e.platform;

import java.net.http.HttpHeaders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP answer of the platform. */
public record Answer(int status, String body, HttpHeaders headers) {
    private static final JsonMapper JSON = new JsonMapper();

    public JsonNode json() {
        return JSON.readTree(body);
    }

    /** What the caller has seen with this answer. */
    public String session() {
        return headers.firstValue("Elpis-Session").orElseThrow(() -> new AssertionError("no session in " + this));
    }

    /** The member at a JSON pointer such as {@code /hits/total/value}. */
    public JsonNode at(String pointer) {
        return json().at(pointer);
    }
}
