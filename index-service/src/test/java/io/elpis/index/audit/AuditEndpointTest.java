package io.elpis.index.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.index.audit.CopyAnswer.Damaged;
import io.elpis.index.audit.ShardFinding.Verdict;
import io.elpis.index.catalog.Catalog;
import io.elpis.index.catalog.CatalogIndex;
import io.elpis.index.catalog.TestCatalogs;
import io.elpis.index.log.MappingAnnouncer;
import io.elpis.protocol.record.Barrier;
import io.elpis.support.access.Callers;
import io.elpis.support.error.ServletErrors;
import io.elpis.support.identity.Caller;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Audits from the request to the database. */
final class AuditEndpointTest {
    private static final AuditProperties PROPERTIES =
            new AuditProperties(Duration.ofMinutes(5), Duration.ofSeconds(10), Duration.ofSeconds(10));

    private final FakeCopies copies = new FakeCopies();
    private final Catalog catalog = TestCatalogs.catalog(new MappingAnnouncer(copies, Duration.ofSeconds(1)));
    private final AuditMetrics metrics = new AuditMetrics(new SimpleMeterRegistry());
    private final Findings findings = new Findings(TestCatalogs.jdbc());
    private final ShardAudit shards = new ShardAudit(new Marks(copies, UUID::randomUUID), copies);
    private final Audits audits = new Audits(shards, findings, metrics);
    private final MockMvc http = MockMvcBuilders.standaloneSetup(
                    new AuditEndpoint(catalog, audits, findings, PROPERTIES))
            .setControllerAdvice(new ServletErrors())
            .build();

    private CatalogIndex index;

    @BeforeEach
    void oneIndex() {
        TestCatalogs.empty();
        findings.retain(List.of());
        index = catalog.getOrCreate("books");
        copies.copy("query-1", FakeCopies.RIGHT);
        copies.copy("query-2", FakeCopies.RIGHT);
    }

    private JsonNode call(HttpMethod method, String path, int status) throws Exception {
        MockHttpServletResponse response = http.perform(MockMvcRequestBuilders.request(method, path)
                        .requestAttr(Callers.ATTRIBUTE, new Caller("admin", Set.of("manage"), Instant.MAX, "")))
                .andReturn()
                .getResponse();
        assertThat(response.getStatus()).as(response.getContentAsString()).isEqualTo(status);
        return new JsonMapper().readTree(response.getContentAsString());
    }

    @Test
    void whatWasFoundIsToldToWhoeverAsks() throws Exception {
        assertThat(call(HttpMethod.GET, "/_elpis/audit", 200).toString())
                .as("nothing was found yet")
                .isEqualTo("{\"sound\":false,\"indices\":{\"books\":{\"shards\":[]}}}");
        JsonNode found = call(HttpMethod.POST, "/_elpis/audit?timeout=5s", 200);
        assertThat(found.path("sound").asBoolean()).isTrue();
        JsonNode shard = found.at("/indices/books/shards/0");
        assertThat(shard.toString())
                .isEqualTo("{\"shard\":0,\"generation\":1,\"offset\":1,\"verdict\":\"equal\",\"copies\":["
                        + "{\"node\":\"query-1\",\"digest\":\"aaaaaaaaaaaaaaaa\",\"documents\":3,\"next_seq_no\":5,"
                        + "\"verified\":false,\"verdict\":\"equal\",\"reason\":\"\"},"
                        + "{\"node\":\"query-2\",\"digest\":\"aaaaaaaaaaaaaaaa\",\"documents\":3,\"next_seq_no\":5,"
                        + "\"verified\":false,\"verdict\":\"equal\",\"reason\":\"\"}]}");
        assertThat(call(HttpMethod.GET, "/_elpis/audit/books", 200)).isEqualTo(found);
    }

    @Test
    void theAllocatorsInstanceMakesCopiesAgreeThatAnybodyFoundToDiffer() throws Exception {
        copies.copies.put("query-2", new FakeCopies.Copy(new Damaged("checksum failed")));
        JsonNode found = call(HttpMethod.POST, "/_elpis/audit/books?verify=true", 200);
        assertThat(found.path("sound").asBoolean()).isFalse();
        assertThat(found.at("/indices/books/shards/0/verdict").asString()).isEqualTo("differing");
        assertThat(found.at("/indices/books/shards/0/copies/1/verdict").asString())
                .isEqualTo("damaged");
        assertThat(found.at("/indices/books/shards/0/copies/1/reason").asString())
                .isEqualTo("checksum failed");
        assertThat(findings.differing()).hasSize(1);
        round(0).step(1);
        assertThat(findings.differing()).isEmpty();
        assertThat(call(HttpMethod.GET, "/_elpis/audit", 200).path("sound").asBoolean())
                .isTrue();
    }

    @Test
    void everythingIsAuditedWhenItIsTime() throws Exception {
        copies.copy("query-3", FakeCopies.WRONG);
        AuditRound round = round(0);
        round.step(Duration.ofMinutes(4).toNanos());
        assertThat(findings.all()).isEmpty();
        round.step(Duration.ofMinutes(5).toNanos());
        assertThat(copies.rebuilt).containsExactly("query-3");
        assertThat(findings.all().values())
                .allSatisfy(kept -> assertThat(kept.verdict()).isEqualTo(Verdict.EQUAL));
        findings.keep(
                index.metadata().shard(0),
                ShardFinding.of(0, new Mark(1, -1, Barrier.getDefaultInstance()), 2, Map.of()));
        assertThat(findings.all().values())
                .allSatisfy(kept -> assertThat(kept.verdict()).isEqualTo(Verdict.INCOMPLETE));
    }

    @Test
    void whatIsToBeCuredIsNotForgottenForALogThatIsSilent() throws Exception {
        copies.copy("query-2", FakeCopies.WRONG);
        call(HttpMethod.POST, "/_elpis/audit", 200);
        findings.keep(
                index.metadata().shard(0),
                ShardFinding.of(0, new Mark(1, -1, Barrier.getDefaultInstance()), 2, Map.of()));
        assertThat(findings.differing()).hasSize(1);
    }

    @Test
    void aCureThatCameToNothingIsTriedAgainThoughTheLogRests() throws Exception {
        copies.copy("query-3", FakeCopies.WRONG);
        copies.on("query-3").kept = 6;
        call(HttpMethod.POST, "/_elpis/audit", 200);
        AuditRound round = round(0);
        round.step(1);
        assertThat(copies.rebuilt).isEmpty();
        round.step(2);
        assertThat(copies.rebuilt).as("not at once").isEmpty();
        round.step(Duration.ofMinutes(3).toNanos());
        assertThat(copies.rebuilt).containsExactly("query-3");
        assertThat(findings.differing()).isEmpty();
    }

    private AuditRound round(long now) {
        Cure cure = new Cure(shards, copies, metrics, PROPERTIES.cure(), Duration.ofMillis(1), new CountDownLatch(1));
        return new AuditRound(catalog.view(), audits, shards, findings, cure, PROPERTIES, now);
    }

    @Test
    void mistakesAreTold() throws Exception {
        assertThat(call(HttpMethod.POST, "/_elpis/audit?verfy=true", 400)
                        .at("/error/reason")
                        .asString())
                .contains("verfy");
        assertThat(call(HttpMethod.GET, "/_elpis/audit/missing", 404)
                        .at("/error/type")
                        .asString())
                .isEqualTo("index_not_found_exception");
    }

    @Test
    void namesAndDefaultsOfPropertiesStay() {
        assertThat(bound(Map.of()))
                .isEqualTo(new AuditProperties(Duration.ofMinutes(5), Duration.ofSeconds(30), Duration.ofMinutes(30)));
        assertThat(bound(Map.of("elpis.audit.interval", "0s", "elpis.audit.patience", "1s", "elpis.audit.cure", "2s")))
                .isEqualTo(new AuditProperties(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(2)));
    }

    private static AuditProperties bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("elpis.audit", AuditProperties.class);
    }
}
