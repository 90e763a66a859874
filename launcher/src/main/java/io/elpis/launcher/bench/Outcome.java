package io.elpis.launcher.bench;

import io.elpis.launcher.gateway.GatewayClient.Answer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What came of one search. */
sealed interface Outcome {

    JsonMapper JSON = JsonMapper.builder().build();

    /**
     * A page of hits.
     *
     * @param bytes of the answer's body
     * @param partial whether shards are missing in it, or parts of them
     */
    record Answered(int bytes, boolean partial) implements Outcome {}

    /**
     * No page.
     *
     * @param kind what failures are counted by: status and type of the error
     * @param reason the whole of it
     */
    record Failed(String kind, String reason) implements Outcome {}

    static Outcome of(Answer answer) {
        if (!answer.ok()) {
            return failed(answer);
        }
        try {
            return new Answered(answer.body().length, PageHead.partial(answer.body()));
        } catch (JacksonException e) {
            return new Failed(answer.status() + " without a page", String.valueOf(e.getOriginalMessage()));
        }
    }

    private static Outcome failed(Answer answer) {
        try {
            JsonNode error = JSON.readTree(answer.body()).path("error");
            return new Failed(
                    answer.status() + " " + error.path("type").asString("without a type"),
                    error.path("reason").asString(answer.text()));
        } catch (JacksonException e) {
            return new Failed(answer.status() + " without a type", answer.text());
        }
    }
}
