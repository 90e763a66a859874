package io.elpis.launcher.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.elpis.launcher.record.LoadRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class BulkSenderTest {

    private final List<Duration> pauses = new ArrayList<>();

    @Test
    void refusedRequestIsSentAgainAfterTheTimeTheServerAsksFor() throws Exception {
        try (var server = new BulkServer(id -> 201)) {
            server.refuse(429, 503);
            assertThat(sender(server, Duration.ofMinutes(1)).send(batch("a", "b")))
                    .isEmpty();
            assertThat(server.documents).containsOnlyKeys("a", "b");
            assertThat(pauses).hasSize(2).allMatch(pause -> pause.compareTo(Duration.ofSeconds(1)) >= 0);
        }
    }

    @Test
    void onlyRefusedItemsAreSentAgain() throws Exception {
        Map<String, Integer> asked = new ConcurrentHashMap<>();
        try (var server =
                new BulkServer(id -> asked.merge(id, 1, Integer::sum) == 1 && id.equals("slow") ? 429 : 201)) {
            assertThat(sender(server, Duration.ofMinutes(1)).send(batch("fast", "slow")))
                    .isEmpty();
            assertThat(asked).containsEntry("fast", 1).containsEntry("slow", 2);
            assertThat(server.documents).containsOnlyKeys("fast", "slow");
        }
    }

    @Test
    void whatNobodyKnowsTheFateOfIsSentAgain() throws Exception {
        Map<String, Integer> asked = new ConcurrentHashMap<>();
        try (var server =
                new BulkServer(id -> asked.merge(id, 1, Integer::sum) == 1 && id.equals("undecided") ? 202 : 201)) {
            server.refuse(502, 504);
            assertThat(sender(server, Duration.ofMinutes(1)).send(batch("decided", "undecided")))
                    .isEmpty();
            assertThat(asked).containsEntry("decided", 1).containsEntry("undecided", 2);
        }
    }

    @Test
    void badItemFailsAloneAndIsNotRepeated() throws Exception {
        try (var server = new BulkServer(id -> id.equals("bad") ? 400 : 201)) {
            List<Failure> failures = sender(server, Duration.ofMinutes(1)).send(batch("good", "bad"));
            assertThat(failures).containsExactly(new Failure("file:bad", "bad_document", "no good: bad"));
            assertThat(server.requests).hasValue(1);
        }
    }

    @Test
    void requestRefusedForGoodFailsAllItsItems() throws Exception {
        try (var server = new BulkServer(id -> 201)) {
            server.refuse(413);
            assertThat(sender(server, Duration.ofMinutes(1)).send(batch("a", "b")))
                    .extracting(Failure::kind, Failure::reason)
                    .containsOnly(tuple("refused", "not now"))
                    .hasSize(2);
        }
    }

    @Test
    void patienceEnds() throws Exception {
        try (var server = new BulkServer(id -> 503)) {
            List<Failure> failures = sender(server, Duration.ofSeconds(5)).send(batch("a"));
            assertThat(failures).hasSize(1).first().extracting(Failure::kind).isEqualTo("gave up");
            assertThat(pauses.stream().mapToLong(Duration::toMillis).sum()).isGreaterThanOrEqualTo(5_000);
        }
    }

    @Test
    void unreachablePlatformIsTriedAgain() throws IOException, InterruptedException {
        var server = new BulkServer(id -> 201);
        BulkSender sender = sender(server, Duration.ofSeconds(1));
        server.close();
        assertThat(sender.send(batch("a"))).extracting(Failure::kind).containsExactly("gave up");
        assertThat(pauses).hasSizeGreaterThan(1);
    }

    private BulkSender sender(BulkServer server, Duration patience) {
        var backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2), new Random(5));
        return new BulkSender(server.client(), "pages", backoff, pauses::add, patience);
    }

    private static Batch batch(String... ids) {
        return new Batch(Arrays.stream(ids)
                .map(id ->
                        new Batch.Item("file:" + id, new LoadRecord(id, "{\"a\":1}".getBytes(StandardCharsets.UTF_8))))
                .toList());
    }
}
