package io.elpis.launcher.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BenchTest {

    private SearchServer server;

    @BeforeEach
    void start() throws IOException {
        server = new SearchServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void searchesFollowOneAnotherRoundAndRound() throws Exception {
        Account account = bench(Consistency.UNSAID, 1, "a", "b").run(Duration.ofMillis(10));
        assertThat(server.asked)
                .containsExactly("null null a", "null null b", "null null a", "null null b", "null null a");
        assertThat(account.answered()).isEqualTo(5);
        assertThat(account.latency()).isEqualTo(new Latency(5, 1, 1, 1, 1));
    }

    @Test
    void orderGoesOnAfterAWarmUp() throws Exception {
        Bench bench = bench(Consistency.UNSAID, 1, "a", "b");
        bench.run(Duration.ofMillis(2));
        Account account = bench.run(Duration.ofMillis(2));
        assertThat(server.asked).containsExactly("null null a", "null null b");
        assertThat(account.answered()).isEqualTo(1);
    }

    @Test
    void clientsShareTheOrder() throws Exception {
        Account account = bench(Consistency.UNSAID, 3, "a", "b", "c").run(Duration.ofMillis(60));
        assertThat(account.answered()).isEqualTo(server.asked.size()).isGreaterThan(20);
        for (String body : List.of("a", "b", "c")) {
            long times = server.asked.stream().filter(one -> one.endsWith(body)).count();
            assertThat(times).isCloseTo(account.answered() / 3, within(1L));
        }
    }

    @Test
    void sessionOfAClientGoesOn() throws Exception {
        Bench bench = bench(Consistency.SESSION, 1, "a");
        bench.run(Duration.ofMillis(4));
        bench.run(Duration.ofMillis(2));
        assertThat(server.asked)
                .containsExactly("consistency=session null a", "consistency=session s1 a", "consistency=session s2 a");
    }

    @Test
    void strongSearchesCarryNoSession() throws Exception {
        bench(Consistency.STRONG, 1, "a").run(Duration.ofMillis(4));
        assertThat(server.asked).containsExactly("consistency=strong null a", "consistency=strong null a");
    }

    @Test
    void failuresArePartOfTheAccount() throws Exception {
        Account account = bench(Consistency.UNSAID, 1, "refuse", "partial", "busy", "refuse")
                .run(Duration.ofMillis(8));
        assertThat(account.answered()).isEqualTo(1);
        assertThat(account.partial()).isEqualTo(1);
        assertThat(account.failures())
                .extracting(Failures::kind, Failures::count, Failures::first, Failures::reason)
                .containsExactly(
                        tuple("400 parsing_exception", 2L, "file:1", "no good"),
                        tuple("429 rejected", 1L, "file:3", "no good"));
    }

    @Test
    void silenceIsAFailure() throws Exception {
        Bench bench = bench(Consistency.UNSAID, 2, "a");
        server.close();
        Account account = bench.run(Duration.ofMillis(20));
        assertThat(account.answered()).isZero();
        assertThat(account.failures()).extracting(Failures::kind).containsExactly("no answer: ConnectException");
    }

    /** Each look at the clock finds it a millisecond later, so a client looks twice for each search. */
    private Bench bench(Consistency consistency, int clients, String... bodies) {
        var millis = new AtomicLong();
        LongSupplier clock = () -> TimeUnit.MILLISECONDS.toNanos(millis.getAndIncrement());
        List<BenchSearch> searches = Arrays.stream(bodies)
                .map(body -> new BenchSearch(
                        "file:" + (Arrays.asList(bodies).indexOf(body) + 1), "", body.getBytes(StandardCharsets.UTF_8)))
                .toList();
        return new Bench(server.client(), "pages", consistency, searches, clients, clock);
    }
}
