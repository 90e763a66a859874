package io.elpis.launcher.load;

import io.elpis.launcher.gateway.GatewayClient;
import io.elpis.launcher.gateway.GatewayClient.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Sends one batch until every item was taken or refused for good. What was refused for lack of capacity, or whose fate
 * nobody knows, is sent again after a pause, whole requests or single items; sending twice does no harm, as every record
 * has its id.
 */
final class BulkSender {

    /** In the log perhaps, but no copy has said so yet. */
    private static final int ACCEPTED = 202;

    /** Too many requests; bad gateway; unavailable; gateway timeout. */
    private static final Set<Integer> TRANSIENT = Set.of(429, 502, 503, 504);

    private final GatewayClient gateway;
    private final String path;
    private final Backoff backoff;
    private final Pause pause;
    private final Duration patience;

    /** @param patience how long one batch may be refused in a row before its records count as failed */
    BulkSender(GatewayClient gateway, String index, Backoff backoff, Pause pause, Duration patience) {
        this.gateway = gateway;
        this.path = "/" + GatewayClient.segment(index) + "/_bulk";
        this.backoff = backoff;
        this.pause = pause;
        this.patience = patience;
    }

    /** @return the failures; all other items are in */
    List<Failure> send(Batch batch) throws InterruptedException {
        var failures = new ArrayList<Failure>();
        Batch left = batch;
        Duration waited = Duration.ZERO;
        for (int attempt = 0; !left.items().isEmpty(); attempt++) {
            Outcome outcome = attempt(left);
            failures.addAll(outcome.failures());
            left = new Batch(outcome.refused());
            if (!left.items().isEmpty()) {
                if (waited.compareTo(patience) >= 0) {
                    failures.addAll(all(left, "gave up", outcome.why() + ", for " + waited.toSeconds() + " s"));
                    return failures;
                }
                Duration next = backoff.pause(attempt, outcome.retryAfter());
                pause.of(next);
                waited = waited.plus(next);
            }
        }
        return failures;
    }

    /** @param refused to be sent again, because of {@code why} */
    private record Outcome(List<Failure> failures, List<Batch.Item> refused, String why, OptionalLong retryAfter) {}

    private Outcome attempt(Batch batch) throws InterruptedException {
        try {
            Answer answer = gateway.request("POST", path, "application/x-ndjson", batch.body());
            if (answer.ok()) {
                return perItem(batch, answer.json().path("items"), answer.retryAfterSeconds());
            }
            if (TRANSIENT.contains(answer.status())) {
                return new Outcome(
                        List.of(), batch.items(), "answered with " + answer.status(), answer.retryAfterSeconds());
            }
            return new Outcome(refusal(batch, answer), List.of(), "", OptionalLong.empty());
        } catch (IOException e) {
            return new Outcome(List.of(), batch.items(), String.valueOf(e.getMessage()), OptionalLong.empty());
        }
    }

    private static Outcome perItem(Batch batch, JsonNode items, OptionalLong retryAfter) {
        var failures = new ArrayList<Failure>();
        var refused = new ArrayList<Batch.Item>();
        for (int i = 0; i < batch.items().size(); i++) {
            Batch.Item item = batch.items().get(i);
            JsonNode result = items.path(i).path("index");
            int status = result.path("status").asInt(0);
            if (status == ACCEPTED || TRANSIENT.contains(status)) {
                refused.add(item);
            } else if (status < 200 || status >= 300) {
                JsonNode error = result.path("error");
                String type = error.path("type").asString("status " + status);
                failures.add(
                        new Failure(item.origin(), type, error.path("reason").asString("no reason given")));
            }
        }
        return new Outcome(failures, refused, "items refused for lack of capacity, or undecided", retryAfter);
    }

    private static List<Failure> refusal(Batch batch, Answer answer) {
        String reason = answer.text();
        String kind = "status " + answer.status();
        if (reason.startsWith("{")) {
            JsonNode error = answer.json().path("error");
            kind = error.path("type").asString(kind);
            reason = error.path("reason").asString(reason);
        }
        return all(batch, kind, reason);
    }

    private static List<Failure> all(Batch batch, String kind, String reason) {
        return batch.items().stream()
                .map(item -> new Failure(item.origin(), kind, reason))
                .toList();
    }
}
