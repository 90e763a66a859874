package io.elpis.launcher.find;

import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.gateway.GatewayClient;
import io.elpis.launcher.gateway.GatewayClient.Answer;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Asks for words in all text fields of an index. */
public final class Search {

    static final String MARK_BEGIN = "\u0001";
    static final String MARK_END = "\u0002";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> LONG_TEXTS = List.of("body", "text", "content", "contents", "description");

    private final GatewayClient gateway;
    private final String index;

    public Search(GatewayClient gateway, String index) {
        this.gateway = gateway;
        this.index = index;
    }

    public Answer find(String words, int size) throws IOException, InterruptedException {
        return ask(body(words, size, textFields()));
    }

    /** Sends a query of the caller's own. */
    public Answer ask(ObjectNode body) throws IOException, InterruptedException {
        Answer answer = gateway.request(
                "POST",
                "/" + GatewayClient.segment(index) + "/_search",
                "application/json",
                JSON.writeValueAsBytes(body));
        return require(answer);
    }

    private List<String> textFields() throws IOException, InterruptedException {
        Answer answer = require(gateway.get("/" + GatewayClient.segment(index) + "/_mapping"));
        List<String> fields = TextFields.in(answer.json());
        if (fields.isEmpty()) {
            throw new CommandFailure("index " + index + " has no text field to search");
        }
        return fields;
    }

    static ObjectNode body(String words, int size, List<String> fields) {
        ObjectNode body = JSON.createObjectNode();
        body.put("size", size);
        ObjectNode match = body.putObject("query").putObject("multi_match");
        match.put("query", words);
        fields.forEach(match.putArray("fields")::add);
        ObjectNode highlight = body.putObject("highlight");
        highlight.putArray("pre_tags").add(MARK_BEGIN);
        highlight.putArray("post_tags").add(MARK_END);
        highlight.putObject("fields").putObject(longText(fields));
        return body;
    }

    /** The field to quote from. */
    private static String longText(List<String> fields) {
        return LONG_TEXTS.stream().filter(fields::contains).findFirst().orElse(fields.getFirst());
    }

    private Answer require(Answer answer) {
        if (answer.ok()) {
            return answer;
        }
        String reason = answer.json().path("error").path("reason").asString(answer.text());
        throw new CommandFailure("the platform answered " + answer.status() + ": " + reason);
    }
}
