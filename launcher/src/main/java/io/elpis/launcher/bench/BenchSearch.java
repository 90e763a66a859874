package io.elpis.launcher.bench;

import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.exit.ExitCode;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A search to be sent again and again.
 *
 * @param origin file and line, for people
 * @param name what its latency is told under, together with others of that name; empty: only among all
 * @param body of the request
 */
public record BenchSearch(String origin, String name, byte[] body) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * @param line the body of a search, or {@code {"name": "...", "body": {...}}}: neither is a member of any body
     * @throws CommandFailure when it is neither
     */
    static BenchSearch parse(String origin, byte[] line) {
        JsonNode json = json(origin, line);
        if (!json.has("name") && !json.has("body")) {
            return new BenchSearch(origin, "", line);
        }
        if (json.size() != 2
                || !json.path("name").isString()
                || !json.path("body").isObject()) {
            throw usage(origin + ": a search with a name is {\"name\": \"...\", \"body\": {...}} and nothing else");
        }
        return new BenchSearch(origin, json.path("name").asString(), JSON.writeValueAsBytes(json.path("body")));
    }

    private static JsonNode json(String origin, byte[] line) {
        try {
            JsonNode json = JSON.readTree(line);
            if (json.isObject()) {
                return json;
            }
            throw usage(origin + ": not a JSON object");
        } catch (JacksonException e) {
            throw usage(origin + ": broken JSON: " + e.getOriginalMessage());
        }
    }

    private static CommandFailure usage(String message) {
        return new CommandFailure(message, ExitCode.USAGE);
    }
}
