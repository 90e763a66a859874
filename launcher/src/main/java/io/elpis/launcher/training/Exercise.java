package io.elpis.launcher.training;

import io.elpis.launcher.cpu.CpuUse;
import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.gateway.GatewayClient;
import io.elpis.launcher.gateway.GatewayClient.Answer;
import io.elpis.launcher.load.LoadProgress;
import io.elpis.launcher.load.Loader;
import io.elpis.launcher.record.Inputs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * Writes and searches as users do, so that the caches know the classes and the profiles of the hot paths. Fails when the
 * platform does: a cache of a broken platform would be worth little.
 */
public final class Exercise {

    private static final String INDEX = "training";
    private static final int PAGES = 8_000;
    private static final int ROUNDS = 150;
    private static final long SEED = 17;
    private static final String DEFINITION = """
            {"settings": {"number_of_shards": 1, "number_of_replicas": 0},
             "mappings": {"properties": {
               "title": {"type": "text"}, "body": {"type": "text"},
               "package": {"type": "keyword"}, "length": {"type": "integer"}}}}""";

    /** Each takes two words or phrases and the name of a package. */
    private static final List<String> SEARCHES = List.of(
            "{\"query\":{\"match\":{\"body\":\"%1$s\"}}}",
            "{\"query\":{\"match\":{\"body\":{\"query\":\"%1$s %2$s\",\"operator\":\"and\"}}}}",
            "{\"query\":{\"match\":{\"body\":\"%1$s %2$s\"}}}",
            "{\"query\":{\"multi_match\":{\"query\":\"%1$s\",\"fields\":[\"title\",\"body\"]}},"
                    + "\"highlight\":{\"fields\":{\"body\":{}}}}",
            "{\"query\":{\"match_phrase\":{\"body\":\"%1$s %2$s\"}}}",
            "{\"query\":{\"bool\":{\"must\":[{\"match\":{\"body\":\"%1$s\"}}],"
                    + "\"filter\":[{\"term\":{\"package\":\"%3$s\"}}]}}}",
            "{\"query\":{\"match\":{\"body\":\"%1$s\"}},\"sort\":[{\"length\":\"desc\"}],\"_source\":[\"title\"]}",
            "{\"query\":{\"range\":{\"length\":{\"gte\":100,\"lt\":5000}}},\"size\":0}");

    private final GatewayClient gateway;
    private final TrainingPages pages = new TrainingPages(new Random(SEED));

    public Exercise(GatewayClient gateway) {
        this.gateway = gateway;
    }

    /** @param directory for what is loaded */
    public void run(Path directory) throws IOException, InterruptedException {
        require("PUT", "/" + INDEX, DEFINITION);
        load(directory.resolve("training.jsonl"));
        require("POST", "/" + INDEX + "/_refresh", "");
        for (int round = 0; round < ROUNDS; round++) {
            for (String search : SEARCHES) {
                require(
                        "POST",
                        "/" + INDEX + "/_search",
                        search.formatted(pages.words(1), pages.words(1), pages.packageName()));
            }
        }
        require("PUT", "/" + INDEX + "/_doc/1", "{\"title\":\"one\"}");
        require("GET", "/" + INDEX + "/_doc/1", "");
        require("DELETE", "/" + INDEX + "/_doc/1", "");
    }

    private void load(Path file) throws IOException, InterruptedException {
        try (var out = Files.newBufferedWriter(file)) {
            pages.write(PAGES, out);
        }
        var loaded = new Loader(gateway, INDEX, 250, 2, LoadProgress.SILENT).load(new Inputs(null).of(List.of(file)));
        if (loaded.failed() > 0) {
            throw new CommandFailure(String.join("\n", loaded.lines(INDEX, 1, CpuUse.UNKNOWN)));
        }
    }

    private void require(String method, String path, String body) throws IOException, InterruptedException {
        Answer answer = gateway.request(method, path, "application/json", body.getBytes(StandardCharsets.UTF_8));
        if (!answer.ok()) {
            throw new CommandFailure(method + " " + path + " was answered " + answer.status() + ": " + answer.text());
        }
    }
}
