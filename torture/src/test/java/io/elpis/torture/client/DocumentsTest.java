package io.elpis.torture.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.elpis.torture.client.Documents.Asked;
import io.elpis.torture.history.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against an HTTP server that answers what the test wants. */
final class DocumentsTest {

    private record Answer(int status, String body) {}

    private static final Answer CREATED = new Answer(201, "{\"result\":\"created\",\"_seq_no\":7,\"_version\":1}");
    private static final Answer ACCEPTED = new Answer(202, "{\"op_id\":\"x\"}");
    private static final Answer UNAVAILABLE =
            new Answer(503, "{\"error\":{\"type\":\"log_unavailable_exception\"},\"status\":503}");
    private static final Answer BROKEN = new Answer(502, "{}");

    private final Queue<Answer> answers = new ArrayDeque<>();
    private final Queue<String> keys = new ConcurrentLinkedQueue<>();
    private final Queue<String> paths = new ConcurrentLinkedQueue<>();
    private HttpServer server;
    private Documents documents;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")));
            paths.add(exchange.getRequestURI().getPath());
            String seen = exchange.getRequestHeaders().getFirst("Elpis-Session");
            if (seen != null) {
                exchange.getResponseHeaders().add("Elpis-Session", seen + "+");
            }
            Answer answer = answers.remove();
            byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        documents = new Documents(new Door(base, () -> "Bearer x", Duration.ofSeconds(10)));
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private Asked<Reply> put(String key, Answer... said) throws InterruptedException {
        answers.addAll(List.of(said));
        return documents.write(Request.of("PUT", "/i/_doc/1", "{}").named(key), new Random(1));
    }

    @Test
    void outcomeIsWhatThePlatformSays() throws InterruptedException {
        assertThat(put("", CREATED).reply()).isEqualTo(new Reply.Stored(true, 7, 1));
    }

    @Test
    void withoutAKeyNothingIsRepeated() throws InterruptedException {
        assertThat(put("", ACCEPTED)).isEqualTo(new Asked<>(new Reply.Open("202"), 1));
        assertThat(put("", UNAVAILABLE)).isEqualTo(new Asked<>(new Reply.Refused("503 log_unavailable_exception"), 1));
        assertThat(put("", BROKEN).reply()).isInstanceOf(Reply.Open.class);
    }

    @Test
    void repeatsCarryTheirKeyUntilAnOutcomeComes() throws InterruptedException {
        Asked<Reply> asked = put("k", ACCEPTED, UNAVAILABLE, BROKEN, CREATED);
        assertThat(asked).isEqualTo(new Asked<>(new Reply.Stored(true, 7, 1), 4));
        assertThat(keys).containsOnly("k").hasSize(4);
    }

    @Test
    void refusalOfARepeatDoesNotTakeBackWhatWasOpenOrSettled() {
        Reply open = new Reply.Open("202");
        Reply refused = new Reply.Refused("503");
        Reply stored = new Reply.Stored(true, 7, 1);
        assertThat(Documents.after(open, refused)).isEqualTo(open);
        assertThat(Documents.after(refused, open)).isEqualTo(open);
        assertThat(Documents.after(stored, refused)).isEqualTo(stored);
        assertThat(Documents.after(stored, open)).isEqualTo(stored);
        assertThat(Documents.after(stored, stored)).isEqualTo(stored);
        assertThat(Documents.after(stored, new Reply.Stored(false, 8, 2))).isInstanceOf(Reply.Contradiction.class);
    }

    @Test
    void bulkIsRepeatedUntilEveryItemHasItsOutcome() throws InterruptedException {
        String created = "{\"index\":{\"status\":201,\"result\":\"created\",\"_seq_no\":1,\"_version\":1}}";
        String refused = "{\"index\":{\"status\":503,\"error\":{\"type\":\"log_unavailable_exception\"}}}";
        answers.add(new Answer(200, "{\"items\":[" + created + "," + refused + "]}"));
        answers.add(new Answer(200, "{\"items\":[" + refused + "," + created + "]}"));
        Asked<List<Reply>> asked =
                documents.bulk(Request.of("POST", "/i/_bulk", "{}").named("k"), 2, new Random(1));
        assertThat(asked.attempts()).isEqualTo(2);
        assertThat(asked.reply()).containsOnly(new Reply.Stored(true, 1, 1)).hasSize(2);
    }

    @Test
    void documentIsAbsentOnlyWhenThePlatformSaysSo() throws InterruptedException {
        answers.add(new Answer(404, "{\"found\":false}"));
        assertThat(read("/i/_doc/1")).isEqualTo(new Reply.Absent());
        answers.add(new Answer(404, "{\"error\":{\"type\":\"index_not_found_exception\"}}"));
        assertThat(read("/i/_doc/1")).isInstanceOf(Reply.Refused.class);
    }

    @Test
    void searchForOneDocumentIsARead() throws InterruptedException {
        String hit = "{\"_id\":\"1\",\"_seq_no\":3,\"_primary_term\":1,\"_version\":2,\"_source\":{\"value\":\"v\"}}";
        answers.add(new Answer(200, "{\"_shards\":{\"failed\":0},\"hits\":{\"hits\":[" + hit + "]}}"));
        assertThat(read("/i/_search")).isEqualTo(new Reply.Found("v", 3, 1, 2));
        answers.add(new Answer(200, "{\"_shards\":{\"failed\":0},\"hits\":{\"hits\":[]}}"));
        assertThat(read("/i/_search")).isEqualTo(new Reply.Absent());
        answers.add(new Answer(200, "{\"_shards\":{\"failed\":1},\"hits\":{\"hits\":[]}}"));
        assertThat(read("/i/_search")).isInstanceOf(Reply.Open.class);
        answers.add(new Answer(200, "{\"_shards\":{\"failed\":0},\"hits\":{\"hits\":[" + hit + "," + hit + "]}}"));
        assertThat(read("/i/_search")).isInstanceOf(Reply.Contradiction.class);
    }

    @Test
    void multiGetOfOneDocumentIsARead() throws InterruptedException {
        String doc = "{\"_id\":\"1\",\"found\":true,\"_seq_no\":3,\"_primary_term\":1,\"_version\":2,"
                + "\"_source\":{\"value\":\"v\"}}";
        answers.add(new Answer(200, "{\"docs\":[" + doc + "]}"));
        assertThat(read("/i/_mget")).isEqualTo(new Reply.Found("v", 3, 1, 2));
        answers.add(new Answer(200, "{\"docs\":[{\"_id\":\"1\",\"found\":false}]}"));
        assertThat(read("/i/_mget")).isEqualTo(new Reply.Absent());
        answers.add(new Answer(200, "{\"docs\":[{\"_id\":\"1\",\"error\":{\"type\":\"no_copy\"}}]}"));
        assertThat(read("/i/_mget")).isEqualTo(new Reply.Refused("no_copy"));
        answers.add(new Answer(503, "{\"error\":{\"type\":\"unavailable\"}}"));
        assertThat(read("/i/_mget")).isInstanceOf(Reply.Refused.class);
    }

    @Test
    void sessionIsSentAndComesBack() throws InterruptedException {
        answers.add(CREATED);
        Request request = Request.of("PUT", "/i/_doc/1", "{}").seen("s");
        assertThat(documents.write(request, new Random(1)).session()).isEqualTo("s+");
        answers.add(new Answer(404, "{\"found\":false}"));
        assertThat(documents.read(Request.get("/i/_doc/1")).session()).isEmpty();
    }

    @Test
    void platformIsAskedWhatBecameOfAnAcceptedWrite() throws InterruptedException {
        Answer accepted = new Answer(202, "{\"_op_id\":\"abc\"}");
        Answer undecided = new Answer(202, "{\"result\":\"undecided\"}");
        Answer outcome = new Answer(200, "{\"result\":\"created\",\"_seq_no\":7,\"_version\":1,\"status\":201}");
        assertThat(put("", accepted, undecided, outcome).reply()).isEqualTo(new Reply.Stored(true, 7, 1));
        assertThat(paths).containsExactly("/i/_doc/1", "/_elpis/outcome/abc", "/_elpis/outcome/abc");
        Answer beyond = new Answer(410, "{\"error\":{\"type\":\"gone\"}}");
        assertThat(put("", accepted, beyond).reply()).isInstanceOf(Reply.Open.class);
    }

    private Reply read(String path) throws InterruptedException {
        return documents.read(Request.get(path)).reply();
    }
}
