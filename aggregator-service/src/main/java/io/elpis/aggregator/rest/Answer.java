package io.elpis.aggregator.rest;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An answer before it is written.
 *
 * @param expected about how many bytes
 * @param warning value of the {@code Warning} header
 * @param body writes one JSON value
 */
record Answer(int status, int expected, @Nullable String warning, Consumer<JsonOut> body) {
    static Answer ok(int expected, Consumer<JsonOut> body) {
        return new Answer(200, expected, null, body);
    }
}
