package io.elpis.torture.client;

import io.elpis.torture.history.Reply;
import tools.jackson.databind.JsonNode;

/** Reads OpenSearch's answers about single documents. */
final class Replies {

    private static final int FOUND = 200;
    private static final int ACCEPTED = 202;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;
    private static final int UNAVAILABLE = 503;

    private Replies() {}

    /** @param answer of a write, or of one item of a bulk */
    static Reply written(int status, JsonNode answer) {
        if (status == ACCEPTED) {
            return new Reply.Open("202");
        }
        if (status == CONFLICT) {
            return new Reply.Conflict();
        }
        long seqNo = answer.path("_seq_no").asLong(-1);
        long version = answer.path("_version").asLong(-1);
        return switch (answer.path("result").asString("")) {
            case "created" -> new Reply.Stored(true, seqNo, version);
            case "updated", "noop" -> new Reply.Stored(false, seqNo, version);
            case "deleted" -> new Reply.Removed(true, seqNo, version);
            case "not_found" -> new Reply.Removed(false, seqNo, version);
            default -> without(status, answer);
        };
    }

    static Reply read(Sent.Answered answered) {
        JsonNode body = answered.body();
        if (answered.warned()) {
            return new Reply.Open("answered with a warning");
        }
        if (body.path("found").asBoolean(false)) {
            return document(body);
        }
        return answered.status() == NOT_FOUND && body.has("found")
                ? new Reply.Absent()
                : without(answered.status(), body);
    }

    /** @param answered of an {@code _mget} of one id */
    static Reply gotten(Sent.Answered answered) {
        JsonNode docs = answered.body().path("docs");
        if (answered.status() != FOUND || docs.size() != 1) {
            return without(answered.status(), answered.body());
        }
        if (answered.warned()) {
            return new Reply.Open("answered with a warning");
        }
        JsonNode doc = docs.get(0);
        if (!doc.has("found")) {
            return new Reply.Refused(doc.at("/error/type").asString("without a reason"));
        }
        return doc.path("found").asBoolean() ? document(doc) : new Reply.Absent();
    }

    /** @param answered of a search for one id */
    static Reply found(Sent.Answered answered) {
        JsonNode body = answered.body();
        JsonNode hits = body.at("/hits/hits");
        boolean whole = body.at("/_shards/failed").asInt(0) == 0
                && !body.path("timed_out").asBoolean(false);
        if (answered.status() != FOUND || !hits.isArray()) {
            return without(answered.status(), body);
        }
        if (answered.warned() || !whole) {
            return new Reply.Open("a part of an answer");
        }
        if (hits.isEmpty()) {
            return new Reply.Absent();
        }
        if (hits.size() > 1) {
            return new Reply.Contradiction(hits.get(0).toString(), hits.get(1).toString());
        }
        return document(hits.get(0));
    }

    private static Reply document(JsonNode told) {
        return new Reply.Found(
                told.at("/_source/value").asString(),
                told.path("_seq_no").asLong(-1),
                told.path("_primary_term").asLong(-1),
                told.path("_version").asLong(-1));
    }

    private static Reply without(int status, JsonNode answer) {
        JsonNode error = answer.path("error");
        String reason = status + " " + error.path("type").asString("without a reason");
        boolean open = status >= SERVER_ERROR && status != UNAVAILABLE;
        return open || status < TOO_MANY && status < 400 ? new Reply.Open(reason) : new Reply.Refused(reason);
    }
}
