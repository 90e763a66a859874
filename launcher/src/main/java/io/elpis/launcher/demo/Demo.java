package io.elpis.launcher.demo;

import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.find.HitList;
import io.elpis.launcher.find.Search;
import io.elpis.launcher.gateway.GatewayClient;
import io.elpis.launcher.gateway.GatewayClient.Answer;
import io.elpis.launcher.installation.Installation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** The steps of the demo against a platform that runs. */
public final class Demo {

    public static final String INDEX = "demo";

    private static final Duration SETTLE_DEADLINE = Duration.ofSeconds(120);
    private static final long POLL_MILLIS = 300;
    private static final int ROUNDS = 40;
    private static final int ALREADY_EXISTS = 400;
    private static final String SETTINGS = """
            {"settings": {"number_of_shards": 3, "number_of_replicas": 1},
             "mappings": {"properties": {
                "title": {"type": "text", "analyzer": "english"},
                "body": {"type": "text", "analyzer": "english"},
                "package": {"type": "keyword"},
                "kind": {"type": "keyword"},
                "url": {"type": "keyword"}}}}
            """;

    private final GatewayClient gateway;
    private final Search search;
    private final Consumer<String> out;

    public Demo(GatewayClient gateway, Consumer<String> out) {
        this.gateway = gateway;
        this.search = new Search(gateway, INDEX);
        this.out = out;
    }

    public static List<Path> fetchPages(Installation installation) throws IOException, InterruptedException {
        return new DemoPages(installation).fetch();
    }

    /** Makes the index; a repeated demo finds it there. */
    public void createIndex() throws IOException, InterruptedException {
        Answer answer =
                gateway.request("PUT", "/" + INDEX, "application/json", SETTINGS.getBytes(StandardCharsets.UTF_8));
        String type = answer.json().path("error").path("type").asString("");
        boolean there = answer.status() == ALREADY_EXISTS && type.equals("resource_already_exists_exception");
        if (!answer.ok() && !there) {
            throw new CommandFailure("the index could not be made: " + answer.text());
        }
    }

    /** Waits until every copy of every shard serves all that was written. */
    public void awaitCopies(int copies) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        while (serving() < copies) {
            if (System.nanoTime() - begin > SETTLE_DEADLINE.toNanos()) {
                throw new CommandFailure("only " + serving() + " of " + copies + " shard copies serve after "
                        + SETTLE_DEADLINE.toSeconds() + " s");
            }
            var _ = new CountDownLatch(1).await(POLL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private int serving() throws IOException, InterruptedException {
        int serving = 0;
        for (JsonNode copy : gateway.get("/_elpis/shards").json()) {
            boolean ours = copy.path("index").asString("").equals(INDEX);
            boolean caughtUp = copy.path("lag").asLong(1) == 0;
            if (ours && caughtUp && copy.path("state").asString("").equalsIgnoreCase("serving")) {
                serving++;
            }
        }
        return serving;
    }

    /** @return the totals, to be compared later */
    public List<Long> showSearches() throws IOException, InterruptedException {
        var totals = new ArrayList<Long>();
        for (DemoSearch one : DemoSearch.ALL) {
            double first = timed(one).millis();
            Timed again = timed(one);
            JsonNode answer = again.answer();
            out.accept("");
            out.accept("%s: %s; there and back %.1f ms the first time, %.1f ms again"
                    .formatted(one.words(), HitList.summary(answer), first, again.millis()));
            for (JsonNode hit : answer.path("hits").path("hits")) {
                out.accept("    " + hit.path("_source").path("title").asString("") + "  "
                        + hit.path("_source").path("package").asString(""));
            }
            totals.add(total(answer));
        }
        return totals;
    }

    private record Timed(JsonNode answer, double millis) {}

    private Timed timed(DemoSearch one) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        JsonNode answer = search.ask(one.body()).json();
        return new Timed(answer, (System.nanoTime() - begin) / 1e6);
    }

    /**
     * Repeats the searches while nodes fail.
     *
     * @return whether every answer was complete and found as much as before
     */
    public boolean searchesStayComplete(List<Long> totals) throws IOException, InterruptedException {
        int incomplete = 0;
        int asked = 0;
        double slowest = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < DemoSearch.ALL.size(); i++) {
                long begin = System.nanoTime();
                boolean complete = complete(DemoSearch.ALL.get(i), totals.get(i));
                slowest = Math.max(slowest, (System.nanoTime() - begin) / 1e6);
                asked++;
                incomplete += complete ? 0 : 1;
            }
        }
        out.accept("%d searches since: %d incomplete, the slowest took %.0f ms".formatted(asked, incomplete, slowest));
        return incomplete == 0;
    }

    private boolean complete(DemoSearch one, long total) throws IOException, InterruptedException {
        try {
            JsonNode answer = search.ask(one.body()).json();
            return answer.path("_shards").path("failed").asInt(-1) == 0
                    && !answer.path("timed_out").asBoolean(true)
                    && total(answer) == total;
        } catch (CommandFailure e) {
            out.accept("    " + e.getMessage());
            return false;
        }
    }

    private static long total(JsonNode answer) {
        return answer.path("hits").path("total").path("value").asLong(-1);
    }
}
