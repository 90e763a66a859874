package io.elpis.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.elpis.e2e.platform.Answer;
import io.elpis.e2e.platform.Platform;
import io.elpis.e2e.platform.Rest;
import io.elpis.e2e.platform.SharedPlatform;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A copy rots on the disk of a node while the platform runs. */
@Tag("faults")
@ExtendWith(SharedPlatform.class)
final class AuditIT {
    private static final int DOCUMENTS = 300;

    private final Platform platform;
    private final Rest rest;

    AuditIT(Platform platform) {
        this.platform = platform;
        this.rest = platform.rest();
    }

    @AfterEach
    void mend() {
        rest.delete("/audited");
    }

    @Test
    void flippedBitsAreFoundAndTheCopyIsBuiltAgain() throws IOException {
        Answer created = rest.put("/audited", "{\"settings\":{\"number_of_shards\":1,\"number_of_replicas\":1}}");
        assertThat(created.status()).as(created.body()).isEqualTo(200);
        platform.awaitGreen("audited");
        StringBuilder lines = new StringBuilder();
        for (int n = 0; n < DOCUMENTS; n++) {
            lines.append("{\"index\":{\"_id\":\"d").append(n).append("\"}}\n");
            lines.append("{\"n\":").append(n).append(",\"text\":\"all alike\"}\n");
        }
        assertThat(rest.post("/audited/_bulk", lines.toString()).at("/errors").asBoolean())
                .isFalse();
        assertThat(rest.delete("/audited/_doc/d7").status()).isEqualTo(200);

        Answer before = audit();
        assertThat(before.at("/sound").asBoolean()).as(before.body()).isTrue();
        assertThat(copies(before)).hasSize(2).allSatisfy(copy -> {
            assertThat(copy.get("verified").asBoolean()).isTrue();
            assertThat(copy.get("documents").asInt()).isEqualTo(DOCUMENTS - 1);
        });

        String rotten = copies(before).get(0).get("node").asString();
        flipBits(directory(rotten));
        Answer found = audit();
        assertThat(found.at("/sound").asBoolean()).as(found.body()).isFalse();
        assertThat(found.at("/indices/audited/shards/0/verdict").asString()).isEqualTo("differing");
        assertThat(copies(found))
                .allSatisfy(copy -> assertThat(copy.get("verdict").asString())
                        .as(found.body())
                        .isEqualTo(copy.get("node").asString().equals(rotten) ? "damaged" : "equal"));

        await().atMost(Duration.ofSeconds(120))
                .until(() -> rest.get("/_elpis/audit/audited").at("/sound").asBoolean());
        platform.awaitGreen("audited");
        Answer after = audit();
        assertThat(after.at("/sound").asBoolean()).as(after.body()).isTrue();
        assertThat(copies(after))
                .hasSize(2)
                .allSatisfy(copy -> assertThat(copy.get("digest"))
                        .isEqualTo(copies(before).get(0).get("digest")));
    }

    private Answer audit() {
        Answer answer = rest.post("/_elpis/audit/audited?verify=true&timeout=60s", "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private static JsonNode copies(Answer answer) {
        return answer.at("/indices/audited/shards/0/copies");
    }

    /** Where a node keeps its copy of the index's one shard. */
    private Path directory(String node) throws IOException {
        String uuid = rest.get("/audited").at("/audited/settings/index/uuid").asString();
        Path copy = Path.of(
                "copies", HexFormat.of().formatHex(Base64.getUrlDecoder().decode(uuid)), "0");
        try (Stream<Path> directories = Files.walk(platform.data(), 6)) {
            return directories
                    .filter(path -> path.endsWith(copy) && path.toString().contains(node))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void flipBits(Path copy) throws IOException {
        int flipped = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(copy, "_*")) {
            for (Path file : files) {
                try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
                    bytes.seek(bytes.length() / 2);
                    int value = bytes.read();
                    bytes.seek(bytes.length() / 2);
                    bytes.write(value ^ 0x10);
                    flipped++;
                }
            }
        }
        assertThat(flipped).isPositive();
    }
}
