package io.elpis.torture.client;

import io.elpis.torture.client.Sent.Answered;
import io.elpis.torture.history.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/** Asks what became of writes that were accepted and no more, by the ids that their 202 told. */
final class Outcomes {

    private static final int ACCEPTED = 202;
    private static final int DONE = 200;
    private static final int SECONDS = 20;

    private final Door door;

    Outcomes(Door door) {
        this.door = door;
    }

    /**
     * Takes no longer for many items than for one.
     *
     * @param replies one for each item
     * @param sent the request whose answer they are
     * @return the replies, with outcomes in the place of what was open where the platform tells them
     */
    List<Reply> resolve(List<Reply> replies, Sent sent) throws InterruptedException {
        if (!(sent instanceof Answered answered)) {
            return replies;
        }
        Patience patience = new Patience(new Random(replies.hashCode()), SECONDS);
        List<Reply> resolved = new ArrayList<>();
        for (int item = 0; item < replies.size(); item++) {
            Reply reply = replies.get(item);
            String operation = reply instanceof Reply.Open ? operation(answered, item) : "";
            resolved.add(operation.isEmpty() ? reply : outcome(operation, reply, patience));
        }
        return resolved;
    }

    /** As long as it is undecided; an answer of another kind leaves it open. */
    private Reply outcome(String operation, Reply open, Patience patience) throws InterruptedException {
        while (door.send(Request.get("/_elpis/outcome/" + operation)) instanceof Answered answered) {
            JsonNode body = answered.body();
            if (answered.status() == DONE) {
                return Replies.written(body.path("status").asInt(DONE), body);
            }
            if (answered.status() != ACCEPTED || !patience.pause()) {
                return open;
            }
        }
        return open;
    }

    private static String operation(Answered answered, int item) {
        JsonNode items = answered.body().path("items");
        JsonNode one = items.size() > item ? items.get(item).iterator().next() : answered.body();
        return one.path("_op_id").asString("");
    }
}
