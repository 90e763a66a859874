package io.elpis.aggregator.rest;

import java.util.Map;
import java.util.function.Consumer;

/**
 * An answer before it is written.
 *
 * @param expected about how many bytes
 * @param headers beside those that tell of the body
 * @param body writes one JSON value
 */
record Answer(int status, int expected, Map<String, String> headers, Consumer<JsonOut> body) {
    static Answer ok(int expected, Map<String, String> headers, Consumer<JsonOut> body) {
        return new Answer(200, expected, headers, body);
    }
}
