package io.elpis.index.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.index.catalog.Catalog;
import io.elpis.index.catalog.TestCatalogs;
import io.elpis.index.log.ApplyLogicAnnouncer;
import io.elpis.index.log.MappingAnnouncer;
import io.elpis.index.outcome.OutcomeProperties;
import io.elpis.index.outcome.OutcomeTracker;
import io.elpis.index.refresh.Refresher;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.support.access.Callers;
import io.elpis.support.identity.Caller;
import io.elpis.support.topology.NodeView;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The writing end of an index-service on a log that fakes its copies too; the catalog is empty at first. */
final class WriteDoor {
    private static final IngestProperties PROPERTIES =
            new IngestProperties(DataSize.ofKilobytes(64), true, Duration.ofSeconds(5), Duration.ofSeconds(5));

    static final long PARSED = 10_000;

    final FakeLog log = new FakeLog();
    final AtomicLong later = new AtomicLong();
    final AtomicInteger created = new AtomicInteger();
    long[] applied = {1_000_000, 1_000_000};
    int failedRefreshes;
    boolean crowded;
    final List<Refresher.Target> refreshed = new ArrayList<>();
    final MappingAnnouncer announcer = new MappingAnnouncer(log, Duration.ofSeconds(1));
    final Catalog catalog = TestCatalogs.catalog(announcer, created::incrementAndGet);
    final OutcomeTracker outcomes =
            new OutcomeTracker(log, new OutcomeProperties(100, Duration.ofSeconds(1), Duration.ofSeconds(1)));
    final ParsedRoom parsed = new ParsedRoom(PARSED);
    /** Empty until a test knows some. */
    final List<NodeView> nodes = new ArrayList<>();

    private final ApplyLogicAnnouncer applyLogic =
            new ApplyLogicAnnouncer(log, Duration.ofSeconds(1), () -> List.copyOf(nodes));
    final Ingest ingest = new Ingest(
            catalog,
            new Preparation(catalog, announcer, applyLogic, parsed, InstantSource.system()),
            log,
            outcomes,
            (targets, how, _) -> refreshed(targets, how),
            (_, _) -> applied,
            new OpIds(new UUID(1, 2)),
            PROPERTIES,
            () -> System.nanoTime() + later.get());
    final BulkEndpoint bulk = new BulkEndpoint(ingest, PROPERTIES, (_, _) -> applied, new SimpleMeterRegistry());
    final DocumentEndpoint documents = new DocumentEndpoint(new SingleWrites(ingest, (_, _) -> applied), PROPERTIES);

    WriteDoor() {
        TestCatalogs.empty();
    }

    UpdateEndpoint updates() {
        return new UpdateEndpoint(new SingleWrites(ingest, (_, _) -> applied), PROPERTIES);
    }

    private Refresher.Refreshed refreshed(Collection<Refresher.Target> targets, Refresher.How how) {
        refreshed.addAll(targets);
        int forced = how == Refresher.How.NOW || crowded ? targets.size() : 0;
        return new Refresher.Refreshed(targets.size(), failedRefreshes, forced);
    }

    JsonNode bulk(String body) throws Exception {
        return bulk(body, "");
    }

    JsonNode bulk(String body, String query) throws Exception {
        return json(bulk.bulk(request("POST", body, query), new MockHttpServletResponse(), "books"));
    }

    interface Call {
        Object make() throws Exception;
    }

    static void assertMistake(Call call, ErrorCode code, String words) {
        assertThatThrownBy(call::make)
                .hasMessageContaining(words)
                .isInstanceOfSatisfying(
                        ElpisException.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }

    static List<Integer> statuses(JsonNode answer) {
        List<Integer> statuses = new ArrayList<>();
        for (JsonNode item : answer.path("items")) {
            statuses.add(item.iterator().next().path("status").intValue());
        }
        return statuses;
    }

    static JsonNode json(ResponseEntity<byte[]> answer) {
        return JsonMapper.shared().readTree(answer.getBody());
    }

    static MockHttpServletRequest request(String method, String body, String query) {
        MockHttpServletRequest request = new MockHttpServletRequest(method, "/books/_bulk");
        request.setContent(body.getBytes(StandardCharsets.UTF_8));
        if (!query.isEmpty()) {
            request.setQueryString(query);
            for (String pair : query.split("&")) {
                request.addParameter(pair.split("=")[0], pair.split("=")[1]);
            }
        }
        return request;
    }

    static void name(MockHttpServletRequest request, String caller, String key) {
        request.addHeader("Idempotency-Key", key);
        request.setAttribute(Callers.ATTRIBUTE, new Caller(caller, Set.of("write"), Instant.MAX, "token"));
    }
}
