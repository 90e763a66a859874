package io.elpis.torture.client;

import tools.jackson.databind.JsonNode;

/** What became of one HTTP request. */
public sealed interface Sent {

    /**
     * @param warned whether the answer carries a {@code Warning} header: it may be older than it was asked for
     * @param session what the client's session has seen with it, empty where the answer does not say
     */
    record Answered(int status, JsonNode body, boolean warned, String session) implements Sent {}

    /** There was no connection: nobody has seen the request. */
    record Unsent(String reason) implements Sent {}

    /** The connection broke, or the answer took too long: the request may have arrived. */
    record Unanswered(String reason) implements Sent {}
}
