package io.elpis.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.elpis.e2e.platform.Answer;
import io.elpis.e2e.platform.KafkaTopic;
import io.elpis.e2e.platform.Platform;
import io.elpis.e2e.platform.Rest;
import io.elpis.e2e.platform.SharedPlatform;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Records that no copy can apply, put into an index's log by hand. */
@ExtendWith(SharedPlatform.class)
final class DeadLetterIT {
    private static final List<String> NODES = List.of("query-1", "query-2", "query-3");

    private final Platform platform;
    private final Rest rest;

    DeadLetterIT(Platform platform) {
        this.platform = platform;
        this.rest = platform.rest();
    }

    @AfterEach
    void removeIndex() {
        rest.delete("/poisoned");
    }

    @Test
    void poisonIsSetAsideByEveryCopyAndMayBeReplayed() throws Exception {
        Answer created = rest.put("/poisoned", "{\"settings\":{\"number_of_shards\":1,\"number_of_replicas\":1}}");
        assertThat(created.status()).as(created.body()).isEqualTo(200);
        platform.awaitGreen("poisoned");
        rest.put("/poisoned/_doc/1", "{\"n\":1}");
        double countedBefore = counted();

        KafkaTopic log = new KafkaTopic(platform, topic());
        long garbage = log.append("no record".getBytes(StandardCharsets.UTF_8));
        long early = log.append(ofAMappingThatIsNotThere(log.read("1"), "2"));
        Answer after = rest.put("/poisoned/_doc/3?refresh=true", "{\"n\":3}");
        assertThat(after.status()).as("the shard goes on: " + after.body()).isEqualTo(201);
        assertThat(after.at("/_seq_no").asLong()).as("poison uses no number").isEqualTo(1);

        await().atMost(Duration.ofSeconds(30))
                .until(() -> list().get("dead_letters").size() == 2);
        JsonNode newest = list().at("/dead_letters/0");
        assertThat(newest.get("_index").asString()).isEqualTo("poisoned");
        assertThat(newest.get("_id").asString()).isEqualTo("2");
        assertThat(newest.at("/_position/offset").asLong()).isEqualTo(early);
        assertThat(newest.at("/error/reason").asString()).contains("mapping version [999]");
        assertThat(newest.has("written_at")).isTrue();
        assertThat(list().at("/dead_letters/1/_position/offset").asLong()).isEqualTo(garbage);
        assertThat(list().at("/dead_letters/1/error/type").asString()).isEqualTo("parsing_exception");
        await().atMost(Duration.ofSeconds(30)).until(() -> counted() == countedBefore + 4);
        copiesAgree();

        replay(newest.get("id").asString());
        acknowledge(newest.get("id").asString());
        String unreadable = list().at("/dead_letters/0/id").asString();
        assertThat(rest.post("/_elpis/dead-letters/" + unreadable + "/_replay", "")
                        .status())
                .isEqualTo(400);

        rest.delete("/poisoned");
        assertThat(rest.get("/_elpis/dead-letters").at("/dead_letters").toString())
                .doesNotContain(unreadable);
    }

    private void replay(String letter) {
        Answer replayed = rest.post("/_elpis/dead-letters/" + letter + "/_replay", "");
        assertThat(replayed.status()).as(replayed.body()).isEqualTo(201);
        assertThat(replayed.at("/_id").asString()).isEqualTo("2");
        assertThat(replayed.at("/_seq_no").asLong()).isEqualTo(2);
        assertThat(rest.get("/poisoned/_doc/2").at("/_source/n").asInt()).isEqualTo(1);

        Answer again = rest.post("/_elpis/dead-letters/" + letter + "/_replay", "");
        assertThat(again.at("/_seq_no").asLong()).as(again.body()).isEqualTo(2);
        assertThat(rest.get("/poisoned/_doc/2").at("/_version").asLong()).isEqualTo(1);
    }

    private void acknowledge(String letter) {
        assertThat(rest.delete("/_elpis/dead-letters/" + letter).status()).isEqualTo(200);
        assertThat(list().at("/total/value").asInt()).isEqualTo(1);
        assertThat(rest.delete("/_elpis/dead-letters/" + letter).status()).isEqualTo(404);
    }

    private JsonNode list() {
        Answer answer = rest.get("/_elpis/dead-letters?index=poisoned");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private String topic() {
        String uuid = rest.get("/poisoned/_settings")
                .at("/poisoned/settings/index/uuid")
                .asString();
        return "elpis.index." + HexFormat.of().formatHex(Base64.getUrlDecoder().decode(uuid));
    }

    /** What the nodes have counted, together. */
    private double counted() {
        double sum = 0;
        for (String node : NODES) {
            Answer metrics = rest.at(platform.instanceUri(node)).get("/actuator/prometheus");
            sum += metrics.body()
                    .lines()
                    .filter(line -> line.startsWith("elpis_dead_letters_total"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        }
        return sum;
    }

    private void copiesAgree() {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            List<JsonNode> copies = new ArrayList<>();
            Set<Long> documents = new HashSet<>();
            platform.status().get("shards").forEach(copy -> {
                if (copy.get("index").asString().equals("poisoned")) {
                    copies.add(copy);
                    documents.add(copy.get("documents").asLong());
                }
            });
            assertThat(copies)
                    .hasSize(2)
                    .allSatisfy(copy -> assertThat(copy.get("lag").asLong())
                            .as(copy.toString())
                            .isZero());
            assertThat(documents).containsExactly(2L);
        });
    }

    /**
     * A record with parts of it replaced: two Protobuf messages one after the other are one, in which later fields
     * replace earlier ones.
     */
    private static byte[] ofAMappingThatIsNotThere(byte[] record, String id) {
        byte[] key = part(1, ("by hand " + id).getBytes(StandardCharsets.UTF_8));
        byte[] operation = joined(
                part(1, part(2, key)), part(2, id.getBytes(StandardCharsets.UTF_8)), new byte[] {4 << 3, (byte) 0xe7, 7
                });
        return joined(record, part(10, operation));
    }

    private static byte[] part(int field, byte[] content) {
        return joined(new byte[] {(byte) (field << 3 | 2), (byte) content.length}, content);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
