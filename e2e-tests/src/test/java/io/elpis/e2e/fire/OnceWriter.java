package io.elpis.e2e.fire;

import io.elpis.e2e.platform.Answer;
import io.elpis.e2e.platform.Rest;
import java.io.IOException;
import tools.jackson.databind.JsonNode;

/** A client that writes new documents and takes every answer as it comes. */
final class OnceWriter implements Runnable {
    private final Rest rest;
    private final String index;
    private final String name;
    private final int documents;
    private final Account account;
    private int next;

    private OnceWriter(Rest rest, String index, String name, int documents, Account account) {
        this.rest = rest;
        this.index = index;
        this.name = name;
        this.documents = documents;
        this.account = account;
    }

    static OnceWriter ofDocuments(Rest rest, String index, String name, Account account) {
        return new OnceWriter(rest, index, name, 1, account);
    }

    static OnceWriter ofBulks(Rest rest, String index, String name, Account account) {
        return new OnceWriter(rest, index, name, Requests.BULK, account);
    }

    @Override
    public void run() {
        int from = next;
        next += documents;
        try {
            if (documents == 1) {
                String id = name + "-" + from;
                Answer answer = rest.trySend("PUT", "/" + index + "/_doc/" + id, "{\"n\":" + from + "}");
                take(
                        id,
                        answer.status(),
                        answer.status() == 201 ? answer.at("/_version").asLong() : 0,
                        answer);
            } else {
                Answer answer = rest.trySend("POST", "/" + index + "/_bulk", Requests.bulk(name, from));
                takeAll(from, answer);
            }
        } catch (IOException | RuntimeException e) {
            account.broken(name + ": " + e);
        }
    }

    private void takeAll(int from, Answer answer) {
        if (answer.status() != 200) {
            for (int n = from; n < from + documents; n++) {
                take(name + "-" + n, answer.status(), 0, answer);
            }
            return;
        }
        for (JsonNode item : answer.at("/items")) {
            JsonNode done = item.get("index");
            take(
                    done.get("_id").asString(),
                    done.get("status").asInt(),
                    done.path("_version").asLong(),
                    answer);
        }
    }

    private void take(String id, int status, long version, Answer answer) {
        switch (status) {
            case 201 -> account.acknowledged(id, version);
            case 202 -> account.open(id);
            case 503 -> {
                account.refused(id);
                Requests.checkRefusal(answer, account);
            }
            default -> account.broken(id + ": " + status + " " + answer.body());
        }
    }
}
