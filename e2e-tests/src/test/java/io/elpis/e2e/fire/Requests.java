package io.elpis.e2e.fire;

import io.elpis.e2e.platform.Answer;

/** What writers send, and what they may be told. */
final class Requests {
    static final int BULK = 40;

    private Requests() {}

    static String bulk(String name, int from) {
        StringBuilder lines = new StringBuilder();
        for (int n = from; n < from + BULK; n++) {
            lines.append("{\"index\":{\"_id\":\"")
                    .append(name)
                    .append('-')
                    .append(n)
                    .append("\"}}\n");
            lines.append("{\"n\":").append(n).append("}\n");
        }
        return lines.toString();
    }

    /** Whoever refuses a whole request says when to come back. */
    static void checkRefusal(Answer answer, Account account) {
        if (answer.status() == 503 && answer.headers().firstValue("Retry-After").isEmpty()) {
            account.broken("503 without Retry-After: " + answer.body());
        }
    }
}
