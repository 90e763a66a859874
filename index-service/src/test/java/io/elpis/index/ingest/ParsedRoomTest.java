package io.elpis.index.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.index.catalog.TestCatalogs;
import io.elpis.model.document.DocumentParser;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.Mapping;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.JsonNode;

/** Documents with many values: 8 bytes for each, of which three documents' fit into the room. */
final class ParsedRoomTest {
    private static final String HEAVY = heavy("n", 400);

    private final WriteDoor door = new WriteDoor();

    @AfterEach
    void theRoomIsWholeAgain() {
        assertThat(door.parsed.free()).isEqualTo(WriteDoor.PARSED);
    }

    @Test
    void documentsBeyondTheRoomAreRefusedEachForItself() throws Exception {
        door.bulk(item("{\"n\":1.5}"));
        List<Long> free = new ArrayList<>();
        door.log.onAppend = () -> free.add(door.parsed.free());
        JsonNode answer = door.bulk(item(HEAVY).repeat(5) + item("{\"n\":1.5}"));

        assertThat(WriteDoor.statuses(answer)).containsExactly(201, 201, 201, 429, 429, 201);
        assertThat(answer.at("/items/3/index/error/type").asString()).isEqualTo("rejected_execution_exception");
        assertThat(answer.at("/items/3/index/error/reason").asString())
                .contains("too many values of documents", "was not written");
        assertThat(free).as("while records are appended").allMatch(bytes -> bytes < 1_000);
        assertThat(WriteDoor.statuses(door.bulk(item(HEAVY).repeat(3)))).containsExactly(201, 201, 201);
    }

    @Test
    void requestsShareTheRoom() throws Exception {
        try (ParsedRoom.Share others = door.parsed.share()) {
            others.take(8_000);
            WriteDoor.assertMistake(() -> index(HEAVY), ErrorCode.TOO_MANY_REQUESTS, "try again later");
            assertThat(door.parsed.free()).isEqualTo(WriteDoor.PARSED - 8_000);
        }
        index(HEAVY);
    }

    @Test
    void aDocumentLargerThanTheRoomIsTakenAlone() throws Exception {
        index(heavy("n", 2_000));
    }

    @Test
    void aDocumentThatIsRefusedBringsNoFields() throws Exception {
        assertThat(WriteDoor.statuses(door.bulk(item(HEAVY).repeat(3) + item(heavy("other", 400)))))
                .containsExactly(201, 201, 201, 429);
        assertThat(door.catalog.get("books").mapping().field("other")).isNull();
    }

    @Test
    void roomIsGivenBackByWhatIsNotWritten() throws Exception {
        door.outcomes.reserve(100);
        WriteDoor.assertMistake(() -> index(HEAVY), ErrorCode.TOO_MANY_REQUESTS, "wait for their outcome");
        door.outcomes.release(100);
        theRoomIsWholeAgain();
        door.log.room = door.log.appends;
        WriteDoor.assertMistake(() -> index(HEAVY), ErrorCode.LOG_UNAVAILABLE, "refused");
    }

    @Test
    void parsingAgainTakesNoMoreRoom() throws Exception {
        door.bulk(item("{\"a\":1}"));
        var known = door.catalog.get("books");
        Mapping extended = DocumentParser.parse(
                        known.mapping(), "1", "{\"another\":1}".getBytes(StandardCharsets.UTF_8))
                .mapping();
        TestCatalogs.catalog(door.announcer).extendMapping(known, _ -> extended);

        assertThat(WriteDoor.statuses(door.bulk(item(HEAVY).repeat(3)))).containsExactly(201, 201, 201);
        assertThat(door.catalog.get("books").mapping().field("another")).isNotNull();
    }

    private Object index(String document) throws Exception {
        return door.documents.index(
                WriteDoor.request("PUT", document, ""), new MockHttpServletResponse(), "books", "1");
    }

    private static String item(String document) {
        return "{\"index\":{}}\n" + document + "\n";
    }

    private static String heavy(String field, int values) {
        return "{\"" + field + "\":[1.5" + ",1.5".repeat(values - 1) + "]}";
    }
}
