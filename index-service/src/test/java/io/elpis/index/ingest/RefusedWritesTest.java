package io.elpis.index.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.IndexDefinition;
import io.elpis.model.schema.IndexName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.JsonNode;

/** Writes that are not taken, or not all of them. */
final class RefusedWritesTest {
    private final WriteDoor door = new WriteDoor();

    @Test
    void whatTheLogRefusedIsAFailure() {
        door.catalog.create(new IndexName("books"), IndexDefinition.parse(new byte[0]));
        door.log.mood = FakeLog.Mood.REFUSING;

        assertThatThrownBy(() -> door.documents.index(
                        WriteDoor.request("PUT", "{}", ""), new MockHttpServletResponse(), "books", "1"))
                .isInstanceOfSatisfying(
                        ElpisException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.LOG_UNAVAILABLE));
    }

    @Test
    void moreWritesThanCanEverWaitAreTooLargeARequest() {
        WriteDoor.assertMistake(
                () -> door.bulk("{\"index\":{}}\n{\"a\":1}\n".repeat(101)), ErrorCode.CONTENT_TOO_LARGE, "[100]");
        assertThat(door.outcomes.reserved()).isZero();
        assertThat(door.created).hasValue(0);
    }

    @Test
    void moreWritesThanCopiesCouldRecogniseAreNotTakenUnderAKey() {
        WriteRequest write = new WriteRequest(WriteKind.DELETE, "books", "1", null, null, new WriteContent.Nothing());
        WriteDoor.assertMistake(
                () -> door.ingest.write(
                        Collections.nCopies(10_001, write),
                        new IdempotencyKey("somebody", "once"),
                        Duration.ofSeconds(1),
                        Refresh.LATER),
                ErrorCode.CONTENT_TOO_LARGE,
                "[10000]");
        assertThat(door.outcomes.reserved()).isZero();
    }

    @Test
    void moreWritesThanMayWaitNowAreRefusedForNow() {
        door.outcomes.reserve(60);
        WriteDoor.assertMistake(
                () -> door.bulk("{\"index\":{}}\n{\"a\":1}\n".repeat(41)),
                ErrorCode.TOO_MANY_REQUESTS,
                "too many writes");
        door.outcomes.release(60);
        assertThat(door.outcomes.reserved()).isZero();
    }

    @Test
    void anIndexThatCannotBeCreatedIsTriedOnceARequest() throws Exception {
        String body =
                "{\"index\":{\"_index\":\"large\"}}\n{\"a\":1}\n{\"delete\":{\"_index\":\"large\",\"_id\":\"1\"}}\n"
                        .repeat(10);
        door.catalog.create(
                new IndexName("books"),
                IndexDefinition.parse("{\"settings\":{\"number_of_shards\":100}}".getBytes(StandardCharsets.UTF_8)));
        JsonNode answer = door.bulk(body);

        assertThat(door.created).as("books, and one attempt").hasValue(2);
        assertThat(WriteDoor.statuses(answer)).hasSize(20).containsOnly(400, 404);
    }

    @Test
    void afterTheFirstRecordWithoutRoomTheLogIsLeftInPeace() throws Exception {
        door.log.room = 3;
        JsonNode answer = door.bulk("{\"index\":{}}\n{\"a\":1}\n".repeat(50));

        assertThat(WriteDoor.statuses(answer)).startsWith(201, 201, 201, 503).hasSize(50);
        assertThat(WriteDoor.statuses(answer).subList(3, 50)).containsOnly(503);
        assertThat(door.log.appends).isEqualTo(4);
        assertThat(door.outcomes.reserved()).isZero();
    }

    @Test
    void pastTheDeadlineTheRestIsRefusedUnsent() throws Exception {
        door.bulk("{\"index\":{}}\n{\"a\":1}\n");
        door.log.onAppend = () -> door.later.addAndGet(Duration.ofSeconds(4).toNanos());
        JsonNode answer = door.bulk("{\"index\":{}}\n{\"a\":1}\n".repeat(10), "timeout=6s");

        assertThat(WriteDoor.statuses(answer)).containsExactly(201, 201, 503, 503, 503, 503, 503, 503, 503, 503);
        assertThat(answer.at("/items/9/index/error/reason").asString()).contains("nothing of it was written");
    }

    @Test
    void mistakesAreToldAsOpenSearchTellsThem() {
        WriteDoor.assertMistake(() -> door.bulk(""), ErrorCode.PARSING, "request body is required");
        WriteDoor.assertMistake(
                () -> door.bulk("{\"index\":{}}\n{}"), ErrorCode.ILLEGAL_ARGUMENT, "must be terminated by a newline");
        WriteDoor.assertMistake(
                () -> door.bulk("{\"index\":{}}\n{}\n", "nonsense=1"),
                ErrorCode.ILLEGAL_ARGUMENT,
                "request [/books/_bulk] contains unrecognized parameter: [nonsense]");
        WriteDoor.assertMistake(() -> door.bulk("x".repeat(70_000)), ErrorCode.CONTENT_TOO_LARGE, "65536");
        WriteDoor.assertMistake(
                () -> door.documents.index(
                        WriteDoor.request("PUT", "{}", ""), new MockHttpServletResponse(), "books", "x".repeat(513)),
                ErrorCode.ACTION_REQUEST_VALIDATION,
                "is too long, must be no longer than 512 bytes but was: 513");
        WriteDoor.assertMistake(
                () -> door.documents.index(
                        WriteDoor.request("PUT", "{}", "routing=" + "x".repeat(513)),
                        new MockHttpServletResponse(),
                        "books",
                        "1"),
                ErrorCode.ACTION_REQUEST_VALIDATION,
                "is too long, must be no longer than 512 bytes but was: 513");
        WriteDoor.assertMistake(
                () -> door.documents.index(
                        WriteDoor.request("PUT", "{}", "timeout=200000d"), new MockHttpServletResponse(), "books", "1"),
                ErrorCode.ILLEGAL_ARGUMENT,
                "longer than [3650d]");
        WriteDoor.assertMistake(
                () -> door.documents.index(
                        WriteDoor.request("PUT", "", ""), new MockHttpServletResponse(), "books", "1"),
                ErrorCode.PARSING,
                "required");
        WriteDoor.assertMistake(
                () -> door.documents.index(
                        WriteDoor.request("PUT", "{}", ""), new MockHttpServletResponse(), "Books", "1"),
                ErrorCode.INVALID_INDEX_NAME,
                "must be lowercase");
        WriteDoor.assertMistake(
                () -> door.documents.delete(
                        WriteDoor.request("DELETE", "", ""), new MockHttpServletResponse(), "missing", "1"),
                ErrorCode.INDEX_NOT_FOUND,
                "no such index [missing]");
        WriteDoor.assertMistake(
                () -> door.documents.index(
                        WriteDoor.request("PUT", "{}", "if_seq_no=1"), new MockHttpServletResponse(), "books", "1"),
                ErrorCode.ACTION_REQUEST_VALIDATION,
                "primary term");
        WriteDoor.assertMistake(
                () -> door.documents.index(
                        WriteDoor.request("PUT", "{}", "require_alias=true"),
                        new MockHttpServletResponse(),
                        "books",
                        "1"),
                ErrorCode.ILLEGAL_ARGUMENT,
                "[require_alias] is not supported");
    }
}
