package io.elpis.torture.client;

import io.elpis.torture.client.Sent.Answered;
import io.elpis.torture.history.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/**
 * Asks for changes and reads of documents. What carries an idempotency key is sent again until the platform gives an
 * answer that is no longer open, for at most {@value #SECONDS} seconds; all else is sent once, and the platform is
 * asked what became of it where it was accepted and no more.
 */
public final class Documents {

    private static final int SECONDS = 40;
    private static final String LIMIT = "timeout=4s";

    /**
     * The replies to one request.
     *
     * @param attempts how often it was sent
     * @param session what the last answer says that the session has seen, empty where it does not say
     */
    public record Asked<T>(T reply, int attempts, String session) {

        public Asked(T reply, int attempts) {
            this(reply, attempts, "");
        }
    }

    private final Door door;
    private final Outcomes outcomes;

    public Documents(Door door) {
        this.door = door;
        this.outcomes = new Outcomes(door);
    }

    /** @param request for {@code _doc}, or an {@code _mget} of or a search for one document */
    public Asked<Reply> read(Request request) throws InterruptedException {
        return switch (door.send(request)) {
            case Answered answered -> new Asked<>(read(request, answered), 1, answered.session());
            case Sent.Unsent unsent -> new Asked<>(new Reply.Refused(unsent.reason()), 1);
            case Sent.Unanswered unanswered -> new Asked<>(new Reply.Open(unanswered.reason()), 1);
        };
    }

    private static Reply read(Request request, Answered answered) {
        if (request.path().contains("/_search")) {
            return Replies.found(answered);
        }
        return request.path().contains("/_mget") ? Replies.gotten(answered) : Replies.read(answered);
    }

    /** @param path with the parameters that it needs */
    public Asked<Reply> write(Request request, RandomGenerator random) throws InterruptedException {
        Asked<List<Reply>> asked = ask(limited(request), 1, Documents::single, random);
        return new Asked<>(asked.reply.getFirst(), asked.attempts, asked.session);
    }

    /**
     * @param request to {@code _bulk}
     * @param items of the request
     * @return a reply for each item
     */
    public Asked<List<Reply>> bulk(Request request, int items, RandomGenerator random) throws InterruptedException {
        return ask(limited(request), items, answered -> each(answered, items), random);
    }

    /**
     * Sends a request once more that was answered, and only once.
     *
     * @param request as it was given to {@link #write} or {@link #bulk}
     * @return a reply for each item
     */
    public List<Reply> again(Request request, int items) throws InterruptedException {
        boolean bulk = request.path().contains("/_bulk");
        return replies(
                door.send(limited(request)), items, bulk ? answered -> each(answered, items) : Documents::single);
    }

    private Asked<List<Reply>> ask(
            Request request, int items, Function<Answered, List<Reply>> reader, RandomGenerator random)
            throws InterruptedException {
        Patience patience = new Patience(random, SECONDS);
        List<Reply> known = new ArrayList<>();
        for (int attempt = 1; ; attempt++) {
            Sent sent = door.send(request);
            known = after(known, replies(sent, items, reader));
            boolean settled = known.stream().allMatch(Documents::settled);
            if (settled || request.idempotencyKey().isEmpty() || !patience.pause()) {
                String session = sent instanceof Answered answered ? answered.session() : "";
                return new Asked<>(outcomes.resolve(known, sent), attempt, session);
            }
        }
    }

    private static List<Reply> replies(Sent sent, int items, Function<Answered, List<Reply>> reader) {
        return switch (sent) {
            case Answered answered -> reader.apply(answered);
            case Sent.Unsent unsent -> all(items, new Reply.Refused(unsent.reason()));
            case Sent.Unanswered unanswered -> all(items, new Reply.Open(unanswered.reason()));
        };
    }

    private static List<Reply> after(List<Reply> before, List<Reply> now) {
        List<Reply> known = new ArrayList<>();
        for (int item = 0; item < now.size(); item++) {
            known.add(before.isEmpty() ? now.get(item) : after(before.get(item), now.get(item)));
        }
        return known;
    }

    /** A refusal of a repeat says nothing of the attempts before it; an outcome stands for all of them. */
    static Reply after(Reply before, Reply now) {
        if (settled(before)) {
            boolean same = !settled(now) || now.equals(before);
            return same ? before : new Reply.Contradiction(before.toString(), now.toString());
        }
        return before instanceof Reply.Open && now instanceof Reply.Refused ? before : now;
    }

    private static boolean settled(Reply reply) {
        return !(reply instanceof Reply.Open) && !(reply instanceof Reply.Refused);
    }

    private static List<Reply> single(Answered answered) {
        return List.of(Replies.written(answered.status(), answered.body()));
    }

    private static List<Reply> each(Answered answered, int items) {
        JsonNode list = answered.body().path("items");
        if (list.size() != items) {
            return all(items, Replies.written(answered.status(), answered.body()));
        }
        List<Reply> replies = new ArrayList<>();
        for (JsonNode item : list) {
            JsonNode inner = item.iterator().next();
            replies.add(Replies.written(inner.path("status").asInt(), inner));
        }
        return replies;
    }

    private static List<Reply> all(int items, Reply reply) {
        return java.util.Collections.nCopies(items, reply);
    }

    private static Request limited(Request request) {
        String path = request.path() + (request.path().contains("?") ? "&" : "?") + LIMIT;
        return new Request(request.method(), path, request.body(), request.idempotencyKey(), request.session());
    }
}
