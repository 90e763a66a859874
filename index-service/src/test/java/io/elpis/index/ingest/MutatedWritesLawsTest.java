package io.elpis.index.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.index.log.KnownNode;
import io.elpis.model.mutation.Refusals;
import io.elpis.model.schema.IndexDefinition;
import io.elpis.model.schema.IndexName;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.JsonNode;

/** Writes that are nearly valid succeed or are refused, each for itself, and give back what they took to be worked on. */
final class MutatedWritesLawsTest {
    private static final int RUNS = 400;

    private static final String INDEX = """
            {"settings":{"index.mapping.total_fields.limit":30,
                         "analysis":{"analyzer":{"plain":{"type":"custom","tokenizer":"parts","filter":["lowercase"]}},
                                     "tokenizer":{"parts":{"type":"ngram","min_gram":2,"max_gram":3}}}},
             "mappings":{"properties":{"title":{"type":"text","analyzer":"plain"},"size":{"type":"long"},
                                       "at":{"type":"date"},"o":{"properties":{"k":{"type":"keyword"}}}}}}""";

    private static final String DOCUMENT = """
            {"title":"a \\"b\\"","size":[3,"7"],"at":"2024-02-29","o":{"k":["a",null]},"o.k":"b","new":{"n":1}}""";

    private static final String UPDATE =
            "{\"doc\":" + DOCUMENT + ",\"upsert\":{\"size\":1},\"doc_as_upsert\":false,\"detect_noop\":true}";

    private static final String BULK = """
            {"index":{"_index":"books","_id":"1","routing":"r","version":3,"version_type":"external"}}
            {"title":"a","size":1.5}
            {"create":{"_id":"2"}}
            {"title":"b","o":{"k":7}}
            {"delete":{"_id":"3","if_seq_no":3,"if_primary_term":1}}
            {"update":{"_id":"4","retry_on_conflict":2}}
            {"doc":{"title":"c"},"doc_as_upsert":true,"detect_noop":false}
            """;

    private final WriteDoor door = new WriteDoor();
    private final UpdateEndpoint updates = door.updates();

    @AfterEach
    void nothingIsHeldBack() {
        assertThat(door.parsed.free()).isEqualTo(WriteDoor.PARSED);
        assertThat(door.outcomes.reserve(door.outcomes.capacity())).isTrue();
    }

    private void createBooks() {
        door.nodes.add(KnownNode.of("query-1", 2));
        door.catalog.create(new IndexName("books"), IndexDefinition.parse(INDEX.getBytes(StandardCharsets.UTF_8)));
    }

    private static MockHttpServletRequest request(byte[] body) {
        MockHttpServletRequest request = new MockHttpServletRequest("PUT", "/books/_doc/1");
        request.setContent(body);
        return request;
    }

    @Test
    void documents() throws Exception {
        createBooks();
        Refusals.check(
                DOCUMENT,
                RUNS,
                body -> door.documents.index(request(body), new MockHttpServletResponse(), "books", "1"),
                mutations -> mutations.json(DOCUMENT));
    }

    @Test
    void updates() throws Exception {
        createBooks();
        Refusals.check(
                UPDATE,
                RUNS,
                body -> updates.update(request(body), new MockHttpServletResponse(), "books", "1"),
                mutations -> mutations.json(UPDATE));
    }

    @Test
    void bulks() throws Exception {
        createBooks();
        Refusals.check(
                BULK,
                RUNS,
                body -> {
                    ResponseEntity<byte[]> answer =
                            door.bulk.bulk(request(body), new MockHttpServletResponse(), "books");
                    for (JsonNode item : WriteDoor.json(answer).path("items")) {
                        JsonNode told = item.iterator().next();
                        if (told.has("error")) {
                            Refusals.requireTold(
                                    told.path("status").intValue(),
                                    told.at("/error/reason").asString());
                        }
                    }
                },
                mutations -> mutations.lines(BULK));
    }

    @Test
    void indices() throws Exception {
        Refusals.check(
                INDEX,
                RUNS,
                body -> {
                    var created = door.catalog.create(new IndexName("made"), IndexDefinition.parse(body));
                    door.catalog.delete(created);
                },
                mutations -> mutations.json(INDEX));
    }
}
