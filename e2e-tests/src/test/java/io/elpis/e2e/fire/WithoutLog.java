package io.elpis.e2e.fire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.elpis.e2e.platform.Answer;
import io.elpis.e2e.platform.Rest;
import java.time.Duration;

/** What users of one index meet while the log takes no writes. */
public final class WithoutLog {
    /** How soon a write is refused when the log is known to be away: well before a producer would give up. */
    private static final Duration QUICKLY = Duration.ofSeconds(8);

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String KNOWN = "known";
    private static final String TRIED = "tried";

    private final Rest rest;
    private final String index;

    /** Writes a document that is read afterwards. */
    public WithoutLog(Rest rest, String index) {
        this.rest = rest;
        this.index = index;
        assertThat(rest.put(document(KNOWN) + "?refresh=true", "{\"n\": 1}").status())
                .isEqualTo(201);
    }

    /** The first to find out may be taken for undecided. */
    public void awaitRefusal() {
        await("refused")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> rest.put(document(TRIED), "{\"n\": 2}").status() == 503);
    }

    public void writesAreRefusedQuickly() {
        for (int n = 0; n < 100; n++) {
            long at = System.nanoTime();
            Answer refused = rest.put("/" + index + "/_create/refused-" + n, "{\"n\": 2}");
            Duration took = Duration.ofNanos(System.nanoTime() - at);
            assertThat(refused.status()).as(n + ": " + refused.body()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(took).as(refused.body()).isLessThan(QUICKLY);
        }
    }

    /** Where the log cannot even be read they say that there may be something newer. */
    public void readsWarn() {
        assertThat(rest.get(document(KNOWN)).headers().firstValue("Warning")).isPresent();
    }

    public void readsGoOn() {
        for (int n = 0; n < 5; n++) {
            Answer read = rest.get(document(KNOWN));
            assertThat(read.at("/_source/n").asInt()).as(read.body()).isEqualTo(1);
            Answer found = rest.search(index, "{\"query\": {\"ids\": {\"values\": [\"" + KNOWN + "\"]}}}");
            assertThat(found.at("/hits/total/value").asInt()).as(found.body()).isEqualTo(1);
            assertThat(found.at("/_shards/failed").asInt()).as(found.body()).isZero();
        }
    }

    /** Leaves only what others have written, so that one of those that were refused would be one too many. */
    public void deleteOwn() {
        for (String mine : new String[] {KNOWN, TRIED}) {
            rest.delete(document(mine));
        }
    }

    private String document(String id) {
        return "/" + index + "/_doc/" + id;
    }
}
