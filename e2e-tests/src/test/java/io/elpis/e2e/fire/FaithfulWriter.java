package io.elpis.e2e.fire;

import io.elpis.e2e.platform.Answer;
import io.elpis.e2e.platform.Rest;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/** A client that repeats each request with its {@code Idempotency-Key} until it knows what became of it. */
final class FaithfulWriter implements Runnable {
    private final Rest rest;
    private final String index;
    private final String name;
    private final boolean bulks;
    private final Account account;
    private final AtomicLong longest = new AtomicLong();

    /** Requests that are done, which is the number of the one under way. */
    private volatile long done;

    private volatile long begun;
    private volatile boolean underWay;
    private volatile boolean finishing;
    private String key = "";

    private FaithfulWriter(Rest rest, String index, String name, boolean bulks, Account account) {
        this.rest = rest;
        this.index = index;
        this.name = name;
        this.bulks = bulks;
        this.account = account;
    }

    static FaithfulWriter ofOneDocument(Rest rest, String index, String id, Account account) {
        return new FaithfulWriter(rest, index, id, false, account);
    }

    static FaithfulWriter ofBulks(Rest rest, String index, String name, Account account) {
        return new FaithfulWriter(rest, index, name, true, account);
    }

    long done() {
        return done;
    }

    long lastBegun() {
        return begun;
    }

    void finish() {
        finishing = true;
    }

    boolean finished() {
        return finishing && !underWay;
    }

    /** Since this was last asked. */
    Duration longest() {
        return Duration.ofNanos(longest.getAndSet(0));
    }

    @Override
    public void run() {
        if (!underWay) {
            underWay = true;
            if (finishing) {
                underWay = false;
                return;
            }
            key = UUID.randomUUID().toString();
            begun = System.nanoTime();
        }
        try {
            if (bulks ? bulk() : replace()) {
                longest.accumulateAndGet(System.nanoTime() - begun, Math::max);
                done = done + 1;
                underWay = false;
            }
        } catch (IOException | RuntimeException e) {
            account.broken(name + ": " + e);
        }
    }

    private boolean replace() throws IOException {
        Answer answer = send("PUT", "/" + index + "/_doc/" + name, "{\"n\":" + done + "}");
        return switch (answer.status()) {
            case 200, 201 -> {
                long version = answer.at("/_version").asLong();
                if (version != done + 1) {
                    account.broken(name + " was to get version " + (done + 1) + ": " + answer.body());
                }
                account.acknowledged(name, version);
                yield true;
            }
            default -> mayBeRepeated(answer.status(), answer);
        };
    }

    private boolean bulk() throws IOException {
        int from = (int) done * Requests.BULK;
        Answer answer = send("POST", "/" + index + "/_bulk", Requests.bulk(name, from));
        if (answer.status() != 200) {
            return mayBeRepeated(answer.status(), answer);
        }
        boolean all = true;
        for (JsonNode item : answer.at("/items")) {
            JsonNode written = item.get("index");
            if (written.get("status").asInt() == 201) {
                account.acknowledged(
                        written.get("_id").asString(), written.get("_version").asLong());
            } else {
                all = mayBeRepeated(written.get("status").asInt(), answer);
            }
        }
        return all;
    }

    private Answer send(String method, String path, String body) throws IOException {
        return rest.withHeader("Idempotency-Key", key).trySend(method, path, body);
    }

    /** @return false: it is to be repeated */
    private boolean mayBeRepeated(int status, Answer answer) {
        if (status != 202 && status != 503) {
            account.broken(name + ": " + status + " " + answer.body());
        }
        Requests.checkRefusal(answer, account);
        return false;
    }
}
