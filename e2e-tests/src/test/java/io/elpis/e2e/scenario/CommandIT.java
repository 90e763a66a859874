package io.elpis.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.elpis.e2e.platform.ElpisCommand.Result;
import io.elpis.e2e.platform.ForegroundRun;
import io.elpis.e2e.platform.Platform;
import io.elpis.e2e.platform.Rest;
import io.elpis.e2e.platform.SharedPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the {@code elpis} command promises at a terminal and to scripts, on a platform that runs. */
@ExtendWith(SharedPlatform.class)
final class CommandIT {
    private static final String INDEX = "commanded";
    private static final JsonMapper JSON = new JsonMapper();

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    /** Of what Ctrl-C ends: 128 and the signal's number. */
    private static final int INTERRUPTED = 130;

    @TempDir
    private Path directory;

    private final Platform platform;
    private final Rest rest;

    CommandIT(Platform platform) {
        this.platform = platform;
        this.rest = platform.rest();
    }

    @AfterEach
    void removeIndex() {
        rest.delete("/" + INDEX);
    }

    @Test
    void loadTakesFilesOfManyKindsAndTwiceIsOnce() throws IOException {
        Path lines = file("articles.jsonl", "{\"title\": \"One\", \"n\": 1}\n\n{\"title\": \"Two\", \"n\": 2}");
        Path rows = file("people.csv", "title,body\nAda,\"first, of all\"\nGrace,\"a\nbug\"\n");
        Files.createDirectories(directory.resolve("pages/deep"));
        file("pages/one.html", "<title>Page one</title><p>of the directory");
        file("pages/deep/two.htm", "<h1>Page two</h1><p>below it");
        file("pages/note.txt", "no page");
        List<String> load = List.of(
                "load",
                INDEX,
                lines.toString(),
                rows.toString(),
                directory.resolve("pages").toString());

        Result first = platform.run(load.toArray(String[]::new));
        assertThat(first.errors()).isEmpty();
        assertThat(first.exitCode()).isEqualTo(DONE);
        assertThat(first.output())
                .containsPattern("^6 records \\([\\d.]+ MB\\) are in " + INDEX + " after [\\d.]+ s: ");
        assertThat(count()).isEqualTo(6);

        Result again =
                platform.run(Stream.concat(load.stream(), Stream.of("--json")).toArray(String[]::new));
        assertThat(again.exitCode()).as(again.errors()).isEqualTo(DONE);
        JsonNode told = JSON.readTree(again.output());
        assertThat(told.at("/index").asString()).isEqualTo(INDEX);
        assertThat(told.at("/loaded").asInt()).isEqualTo(6);
        assertThat(told.at("/failed").asInt()).isZero();
        assertThat(told.at("/failures").size()).isZero();
        assertThat(told.at("/cpu_seconds").asDouble()).isPositive();
        assertThat(count()).as("of documents after the same load again").isEqualTo(6);
    }

    @Test
    void recordsThatFailAreToldByReasonAndTheOthersGetIn() throws IOException {
        rest.put("/" + INDEX, "{\"mappings\": {\"properties\": {\"n\": {\"type\": \"long\"}}}}");
        Path lines = file("mixed.jsonl", """
                {"id": "a", "n": 1}
                {"id": "b", "n": "none"}
                {"id": "c", "n": "nothing"}
                {"id": "d", "n": 4
                {"n": 5}
                {"id": "f", "n": 6}
                """);

        Result told = platform.run("load", INDEX, lines.toString(), "--id-field", "id");
        assertThat(told.exitCode()).as(told.output()).isEqualTo(FAILED);
        assertThat(told.output()).startsWith("2 records ").contains("\n4 failed:\n");
        assertThat(told.output())
                .containsPattern("\n +2  mapper_parsing_exception, the first at mixed.jsonl:2: .*\\[n]");
        assertThat(told.output()).containsPattern("\n +1  unreadable, the first at mixed.jsonl:5: no field id\n");
        assertThat(count()).isEqualTo(2);
        assertThat(rest.get("/" + INDEX + "/_doc/f").at("/_source/n").asInt()).isEqualTo(6);

        Result json = platform.run("load", INDEX, lines.toString(), "--id-field", "id", "--json");
        assertThat(json.exitCode()).isEqualTo(FAILED);
        JsonNode members = JSON.readTree(json.output());
        assertThat(members.at("/failed").asInt()).isEqualTo(4);
        assertThat(members.at("/failures/0/count").asInt()).isEqualTo(2);
        assertThat(members.at("/failures/0/type").asString()).isEqualTo("mapper_parsing_exception");
        assertThat(members.at("/failures/0/first").asString()).isEqualTo("mixed.jsonl:2");
    }

    @Test
    void loadThatWasInterruptedAndRepeatedMakesNoDuplicates() throws IOException {
        int all = 20_000;
        Path lines = file(
                "many.jsonl",
                IntStream.range(0, all).mapToObj(n -> "{\"n\": " + n + "}").collect(Collectors.joining("\n")));
        rest.put("/" + INDEX, "{\"settings\": {\"number_of_shards\": 2}}");
        try (ForegroundRun load = platform.inForeground("load", INDEX, lines.toString(), "--batch", "1")) {
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> count() > 100);
            assertThat(load.interrupt()).as(load.text()).isEqualTo(INTERRUPTED);
        }
        assertThat(count()).as("half way").isLessThan(all);

        Result repeated = platform.run("load", INDEX, lines.toString());
        assertThat(repeated.exitCode()).as(repeated.output()).isEqualTo(DONE);
        assertThat(repeated.output()).startsWith("20,000 records ");
        assertThat(count()).isEqualTo(all);
    }

    @Test
    void hitsAreReadableOrTheWholeAnswer() {
        rest.put("/" + INDEX + "/_doc/1?refresh=true", """
                {"title": "The art of\\u001b[31m searching", "body": "He who searches finds words."}""");
        rest.put("/" + INDEX + "/_doc/2?refresh=true", "{\"title\": \"Silence\", \"body\": \"Nothing.\"}");
        platform.awaitGreen(INDEX);

        Result readable = platform.run("search", INDEX, "finds", "words");
        assertThat(readable.exitCode()).as(readable.errors()).isEqualTo(DONE);
        assertThat(readable.output())
                .containsPattern("^1 hit in \\d+ ms\n\n 1\\. The art of \\[31m searching  \\(\\d+\\.\\d\\d\\)\n    1\n")
                .contains("    He who searches finds words.\n")
                .doesNotContain("\u001b", "Silence");
        assertThat(platform.run("search", INDEX, "unheard").output()).startsWith("0 hits in ");

        Result json = platform.run("search", INDEX, "searching silence", "--json", "--size", "1");
        assertThat(json.exitCode()).isEqualTo(DONE);
        JsonNode answer = JSON.readTree(json.output());
        assertThat(answer.at("/hits/total/value").asInt()).isEqualTo(2);
        assertThat(answer.at("/hits/hits").size()).isEqualTo(1);
        refused(FAILED, "the platform answered 400: ", "search", INDEX, "words", "--size", "-1");
    }

    @Test
    void stoppedInstanceIsTold() {
        String node = "query-2";
        try {
            Result stopped = platform.run("stop", node);
            assertThat(stopped.exitCode()).as(stopped.errors()).isEqualTo(DONE);
            assertThat(stopped.output()).containsPattern("^" + node + " +stopped after [\\d.]+ s\n");
            assertThat(platform.run("stop", node)).isEqualTo(new Result(DONE, node + " did not run.\n", ""));

            Result status = platform.run("status");
            assertThat(status.exitCode()).as(status.errors()).isEqualTo(DONE);
            assertThat(status.output())
                    .containsPattern("\n" + node + " +stopped +- ")
                    .containsPattern("\nkafka-1 +ready +\\d+ ");
        } finally {
            Result started = platform.run("start", node);
            assertThat(started.exitCode()).as(started.errors()).isEqualTo(DONE);
            assertThat(started.output()).containsPattern("^" + node + " +ready after +[\\d.]+ s ");
        }
        assertThat(platform.process(node).get("state").asString()).isEqualTo("ready");
        assertThat(platform.run("start", node)).isEqualTo(new Result(DONE, node + " runs already.\n", ""));
    }

    /** A node that was killed keeps its copies for the grace period: they are not made anew elsewhere meanwhile. */
    @Test
    void killedInstanceIsMissedBySearches() {
        rest.put("/" + INDEX, """
                {"settings": {"number_of_shards": 3, "number_of_replicas": 0},
                 "mappings": {"properties": {"title": {"type": "text"}}}}""");
        platform.awaitGreen(INDEX);
        String node = nodeOfACopy();
        platform.killAtOnce(node);
        try {
            Result search = platform.run("search", INDEX, "here");
            assertThat(search.output()).containsPattern(" -- incomplete: \\d of 3 shards failed");
            assertThat(search.exitCode()).isEqualTo(FAILED);
        } finally {
            platform.startInstance(node);
        }
        platform.awaitGreen(INDEX);
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        rest.get("/" + INDEX + "/_search").at("/_shards/failed").asInt(-1) == 0);
        assertThat(platform.run("search", INDEX, "here").exitCode()).isEqualTo(DONE);
    }

    private String nodeOfACopy() {
        for (JsonNode copy : platform.status().get("shards")) {
            if (copy.get("index").asString().equals(INDEX)) {
                return copy.get("node").asString();
            }
        }
        throw new AssertionError("no copy of " + INDEX);
    }

    @Test
    void logsShowTheEndAndGoOnUntilInterrupted() {
        Result one = platform.run("logs", "gateway-1", "-n", "3");
        assertThat(one.exitCode()).as(one.errors()).isEqualTo(DONE);
        assertThat(one.output().lines()).isNotEmpty().hasSizeLessThanOrEqualTo(2 * 3);
        assertThat(platform.run("logs", "query", "-n", "3").output().lines())
                .allMatch(line -> line.matches("query-[123] \\| .*"))
                .anyMatch(line -> line.startsWith("query-3 | "));

        try (ForegroundRun follow = platform.inForeground("logs", "query", "-f", "-n", "1")) {
            follow.awaitOutput(" | ");
            rest.put("/" + INDEX, "{}");
            follow.awaitOutput("copy assigned shard=\"" + indexId());
            assertThat(follow.interrupt()).isEqualTo(INTERRUPTED);
            assertThat(follow.text().split("\n"))
                    .as("of the logs alone, not of the command")
                    .allMatch(line -> line.startsWith("query-"));
        }
    }

    /** As logs write it. */
    private String indexId() {
        String told = rest.get("/" + INDEX + "/_settings")
                .at("/" + INDEX + "/settings/index/uuid")
                .asString();
        return HexFormat.of().formatHex(Base64.getUrlDecoder().decode(told));
    }

    @Test
    void tokenIsPrintedAndNothingElse() {
        Result token = platform.run("token");
        assertThat(token.exitCode()).isEqualTo(DONE);
        assertThat(token.errors()).isEmpty();
        assertThat(token.output()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+\n");
        assertThat(platform.anonymous()
                        .withAuthorization("Bearer " + token.output().strip())
                        .get("/_cluster/health")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void wrongInputIsRefusedInWords() throws IOException {
        Path good = file("good.jsonl", "{\"a\": 1}\n");
        Path unknown = file("good.docx", "?");
        refused(USAGE, "/nowhere.jsonl cannot be read", "load", INDEX, directory + "/nowhere.jsonl");
        refused(USAGE, "good.docx: what is it? Known are .jsonl", "load", INDEX, unknown.toString());
        refused(USAGE, "Missing required parameter", "load", INDEX);
        refused(USAGE, "--batch must be 1 to 10000", "load", INDEX, good.toString(), "--batch", "0");
        refused(FAILED, "no such index [" + INDEX + "]", "search", INDEX, "words");
        refused(USAGE, "Missing required parameter", "search", INDEX);
        refused(USAGE, "no instance nobody; there are discovery-1, ", "logs", "nobody");
        refused(USAGE, "no instance query-9; there are ", "stop", "query-9");
        refused(USAGE, "no instance query; there are ", "start", "query");
        refused(USAGE, "no password for nobody: set ELPIS_PASSWORD", "token", "--user", "nobody");
        refused(USAGE, "Unmatched argument", "token", "admin");
        assertThat(rest.get("/" + INDEX).status()).as("nothing was loaded").isEqualTo(404);
    }

    private void refused(int exitCode, String words, String... arguments) {
        Result result = platform.run(arguments);
        assertThat(result.errors()).contains(words).doesNotContain("\tat ");
        assertThat(result.exitCode()).as(result.errors()).isEqualTo(exitCode);
        assertThat(result.output()).isEmpty();
    }

    @Test
    void linesToBePastedWorkWhereTheUserStands() throws IOException {
        Path script = Platform.scriptFrom(directory);
        Files.createSymbolicLink(directory.resolve("the user's data"), platform.data());
        try {
            linesOf(platform.paste(directory, script + " up -d --data \"the user's data\""), script);
        } finally {
            Files.delete(directory.resolve("the user's data"));
        }
    }

    private void linesOf(Result up, Path script) {
        assertThat(up.exitCode()).as(up.errors()).isEqualTo(DONE);

        Result token = platform.paste(directory, told(up, "A token:"));
        assertThat(token.errors()).isEmpty();
        assertThat(token.output()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+\n");
        assertThat(told(up, "A request:")).contains("Bearer $(" + told(up, "A token:") + ")\"");
        List<String> lines = List.of(told(up, "How it is:").split(" +its end: "));
        assertThat(platform.paste(directory, lines.get(0) + " --json").output()).contains("\"ready\"");
        assertThat(lines.get(1)).startsWith(script + " down --data '");
    }

    private static String told(Result up, String what) {
        return up.output()
                .lines()
                .filter(line -> line.startsWith(what))
                .map(line -> line.substring(what.length()).strip())
                .findFirst()
                .orElseThrow(() -> new AssertionError(up.output()));
    }

    @Test
    void foregroundUpWhoseProcessesAllDiedFails() {
        String part = "postgres-1";
        try (Platform other = Platform.planned("--nodes", "1", "--zones", "1", "--only", "postgres");
                ForegroundRun up = other.upInForeground()) {
            up.awaitOutput("Ctrl-C stops");
            other.kill(part);
            assertThat(up.awaitEnd()).as(up.text()).isEqualTo(FAILED);
            assertThat(up.text())
                    .contains("elpis: nothing runs any more of what was started here: " + part + " died")
                    .contains(other.data() + "/logs")
                    .contains(" start " + part + " --data ");
            assertThat(other.run("status").output()).containsPattern("\n" + part + " +dead +- ");
        }
    }

    private long count() {
        rest.post("/" + INDEX + "/_refresh", "");
        return rest.get("/" + INDEX + "/_count").at("/count").asLong();
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
