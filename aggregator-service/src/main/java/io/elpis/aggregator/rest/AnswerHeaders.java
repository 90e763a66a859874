package io.elpis.aggregator.rest;

import io.elpis.aggregator.consistency.Reading;
import io.elpis.protocol.session.SessionToken;
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;

/** The headers of a read's answer; none, as a rule. */
final class AnswerHeaders {
    private static final String STALE =
            "299 Elpis \"the log did not answer in time: this may not be the latest version\"";

    private AnswerHeaders() {}

    /** Of an answer that is ready: all that it shows has been seen. */
    static Map<String, String> of(Reading reading) {
        String token = reading.token();
        return token == null ? Map.of() : Map.of(SessionToken.HEADER, token);
    }

    /** @param stale the log did not answer */
    static Map<String, String> of(Reading reading, boolean stale) {
        if (!stale) {
            return of(reading);
        }
        Map<String, String> headers = new HashMap<>(of(reading));
        headers.put(HttpHeaders.WARNING, STALE);
        return headers;
    }
}
