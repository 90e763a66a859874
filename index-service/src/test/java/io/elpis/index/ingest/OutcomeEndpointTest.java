package io.elpis.index.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.index.catalog.Catalog;
import io.elpis.index.catalog.CatalogIndex;
import io.elpis.index.catalog.TestCatalogs;
import io.elpis.index.log.MappingAnnouncer;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.IndexDefinition;
import io.elpis.model.schema.IndexName;
import io.elpis.protocol.outcome.FindOutcomeResponse;
import io.elpis.protocol.outcome.OperationRef;
import io.elpis.protocol.record.OpId;
import io.elpis.protocol.record.Outcome;
import io.elpis.protocol.record.Position;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class OutcomeEndpointTest {
    private final Catalog catalog = TestCatalogs.catalog(new MappingAnnouncer(new FakeLog(), Duration.ofSeconds(1)));
    private final OpId op = new OpIds(new UUID(1, 2)).next();
    private FindOutcomeResponse copy = FindOutcomeResponse.getDefaultInstance();
    private OperationRef asked = OperationRef.getDefaultInstance();
    private final OutcomeEndpoint endpoint = new OutcomeEndpoint(
            catalog.view(),
            (operation, _) -> {
                asked = operation;
                return copy;
            },
            (_, _) -> new long[] {100, 1});
    private CatalogIndex index;

    @BeforeEach
    void create() {
        TestCatalogs.empty();
        catalog.create(new IndexName("books"), IndexDefinition.parse(new byte[0]));
        index = catalog.get("books");
    }

    @Test
    void whatIsDecidedAnswersAsTheWriteWouldHave() {
        copy = knows(
                1,
                Outcome.newBuilder()
                        .setResult(Outcome.Result.CREATED)
                        .setVersion(1)
                        .setSeqNo(4)
                        .setPrimaryTerm(1));
        ResponseEntity<byte[]> answer = ask(ticket(7));

        assertThat(answer.getStatusCode().value()).isEqualTo(200);
        assertThat(asked.getId()).isEqualTo("b/1");
        assertThat(json(answer).toString())
                .isEqualTo("{\"_index\":\"books\",\"_id\":\"b/1\",\"_version\":1,\"result\":\"created\","
                        + "\"_shards\":{\"total\":2,\"successful\":1,\"failed\":0},\"_seq_no\":4,"
                        + "\"_primary_term\":1,\"status\":201}");
    }

    @Test
    void aConflictIsToldWithItsReason() {
        copy = knows(7, Outcome.newBuilder().setResult(Outcome.Result.CONFLICT).setReason("[b/1]: version conflict"));
        JsonNode answer = json(ask(ticket(7)));

        assertThat(answer.path("status").asInt()).isEqualTo(409);
        assertThat(answer.at("/error/type").asString()).isEqualTo("version_conflict_engine_exception");
        assertThat(answer.at("/error/reason").asString()).isEqualTo("[b/1]: version conflict");
    }

    @Test
    void whatNoCopyHasAppliedIsUndecided() {
        copy = reached(0, 7);
        ResponseEntity<byte[]> answer = ask(ticket(7));

        assertThat(answer.getStatusCode().value()).isEqualTo(202);
        assertThat(json(answer).path("result").asString()).isEqualTo("undecided");
        assertThat(json(answer).path("_op_id").asString()).isEqualTo(ticket(7));
    }

    @Test
    void whatMayStillComeIsUndecidedForAsLongAsTheWindowWouldShowIt() {
        copy = reached(90, 1_000);
        ResponseEntity<byte[]> answer = ask(ticket(-1));

        assertThat(answer.getStatusCode().value()).isEqualTo(202);
        assertThat(json(answer).path("_op_id").asString()).isEqualTo(ticket(-1));

        copy = reached(91, 1_001);
        assertFails(ticket(-1), ErrorCode.GONE, "has left the window");
    }

    @Test
    void whatIsBeforeTheWindowIsGone() {
        copy = reached(8, 1_000);
        assertFails(ticket(7), ErrorCode.GONE, ticket(7));
    }

    @Test
    void whatTheLogDoesNotHoldInItsPlaceIsUnknown() {
        copy = reached(0, 8);
        assertFails(ticket(7), ErrorCode.RESOURCE_NOT_FOUND, "the log does not hold it");
    }

    @Test
    void anOperationOfADeletedIndexIsUnknown() {
        String ticket = ticket(7);
        catalog.delete(index);
        assertFails(ticket, ErrorCode.RESOURCE_NOT_FOUND, "no index");
    }

    @Test
    void whatIsNoOperationIsAMistake() {
        assertFails("nothing of ours", ErrorCode.ILLEGAL_ARGUMENT, "[nothing of ours]");
        assertFails("AAAA", ErrorCode.ILLEGAL_ARGUMENT, "[AAAA]");
        assertFails("A".repeat(10_000), ErrorCode.ILLEGAL_ARGUMENT, "AAA...");
    }

    private void assertFails(String ticket, ErrorCode code, String reason) {
        assertThatThrownBy(() -> ask(ticket)).isInstanceOfSatisfying(ElpisException.class, failure -> {
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.reason()).contains(reason);
        });
    }

    private ResponseEntity<byte[]> ask(String ticket) {
        return endpoint.outcome(new MockHttpServletRequest("GET", Ticket.PATH + ticket), ticket);
    }

    private static JsonNode json(ResponseEntity<byte[]> answer) {
        return new JsonMapper().readTree(answer.getBody());
    }

    /** @param offset negative: the writer does not know it */
    private String ticket(long offset) {
        return new ToldWrite("books", index, 0, "b/1", op, 90, new WriteResult.Undecided(offset))
                .ticket(offset)
                .text();
    }

    private FindOutcomeResponse knows(long offset, Outcome.Builder outcome) {
        return FindOutcomeResponse.newBuilder()
                .setOutcome(outcome)
                .setPosition(position(offset))
                .build();
    }

    private FindOutcomeResponse reached(long windowStart, long applied) {
        return FindOutcomeResponse.newBuilder()
                .setWindowStart(position(windowStart))
                .setApplied(position(applied))
                .build();
    }

    private Position position(long offset) {
        return Position.newBuilder()
                .setGeneration(index.logs().getFirst().generation())
                .setOffset(offset)
                .build();
    }
}
