package io.elpis.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.e2e.platform.Answer;
import io.elpis.e2e.platform.Platform;
import io.elpis.e2e.platform.Rest;
import io.elpis.e2e.platform.SharedPlatform;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A user's mistake gets OpenSearch's error shape with the place and the reason, never a stack trace or a 500. */
@ExtendWith(SharedPlatform.class)
final class BadInputIT {
    private final Rest rest;

    BadInputIT(Platform platform) {
        this.rest = platform.rest();
    }

    @BeforeEach
    void createIndex() {
        rest.put("/strictly", """
                {"settings": {"number_of_shards": 1},
                 "mappings": {"properties": {"n": {"type": "long"}, "day": {"type": "date"}}}}""");
    }

    @Test
    void brokenJsonNamesLineAndColumn() {
        Answer answer = rest.search("strictly", "{\n \"query\": {\"match_all\": {}\n ]}");
        assertError(answer, 400, null);
        assertThat(answer.body())
                .contains("line")
                .containsPattern("\"?col")
                .doesNotContain("Source:")
                .doesNotContain("StreamReadFeature");
        assertError(rest.put("/strictly/_doc/1", "{\"n\": 1,, }"), 400, "mapper_parsing_exception");
    }

    @Test
    void unknownQueryIsNamed() {
        Answer answer = rest.search("strictly", "{\"query\": {\"guess\": {}}}");
        assertError(answer, 400, "parsing_exception");
        assertThat(answer.at("/error/reason").asString()).contains("unknown query [guess]");
    }

    @Test
    void unknownSettingIsNamed() {
        Answer answer = rest.put("/other", "{\"settings\": {\"number_of_wheels\": 4}}");
        assertError(answer, 400, null);
        assertThat(answer.at("/error/reason").asString()).contains("unknown setting [index.number_of_wheels]");
        assertThat(rest.get("/other").status()).isEqualTo(404);
    }

    @Test
    void wrongTypeForAMappedFieldIsNamed() {
        Answer answer = rest.put("/strictly/_doc/1", "{\"n\": \"many\"}");
        assertError(answer, 400, "mapper_parsing_exception");
        assertThat(answer.at("/error/reason").asString()).contains("[n]").contains("[long]");
        Answer term = rest.search("strictly", "{\"query\":{\"term\":{\"n\":\"many\"}}}");
        assertError(term, 400, null);
        assertThat(term.body()).contains("field [n] of type [long]: For input string");
        Answer range = rest.search("strictly", "{\"query\":{\"range\":{\"day\":{\"gte\":\"someday\"}}}}");
        assertError(range, 400, null);
        assertThat(range.body()).contains("field [day] of type [date]: failed to parse date");
    }

    @Test
    void unknownIndexIs404AndExistingOneIs400() {
        assertError(rest.search("nowhere", "{}"), 404, "index_not_found_exception");
        assertError(rest.get("/nowhere/_doc/1"), 404, "index_not_found_exception");
        assertError(rest.delete("/nowhere"), 404, "index_not_found_exception");
        assertError(rest.put("/strictly", "{}"), 400, "resource_already_exists_exception");
        assertError(rest.put("/Upper", "{}"), 400, "invalid_index_name_exception");
    }

    @Test
    void tooDeepAPageIs400() {
        Answer answer = rest.search("strictly", "{\"from\": 9999, \"size\": 100}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("Result window is too large");
    }

    @Test
    void moreThanAThousandFieldsAre400() {
        String fields =
                IntStream.range(0, 1_001).mapToObj(n -> "\"f" + n + "\":1").collect(Collectors.joining(",", "{", "}"));
        Answer answer = rest.put("/strictly/_doc/wide", fields);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("Limit of total fields [1000]");
    }

    @Test
    void bodyOverTheLimitIs413() {
        String large = "{\"index\":{\"_index\":\"strictly\"}}\n{\"t\":\"" + "x".repeat(101 << 20) + "\"}\n";
        assertError(rest.post("/_bulk", large), 413, null);
    }

    @Test
    void unknownPathsAndMethodsAreErrorsInTheSameShape() {
        Answer nonsense = rest.get("/strictly/_nonsense?x=y");
        assertError(nonsense, 400, "illegal_argument_exception");
        assertThat(nonsense.at("/error/reason").asString())
                .isEqualTo("no handler found for uri [/strictly/_nonsense?x=y] and method [GET]");
        assertError(rest.delete("/_bulk"), 400, "invalid_index_name_exception");
        Answer refused = rest.post("/strictly", "");
        assertError(refused, 405, "method_not_allowed_exception");
        assertThat(refused.headers().firstValue("Allow"))
                .hasValueSatisfying(methods -> assertThat(methods).contains("PUT"));
    }

    private static void assertError(Answer answer, int status, @org.jspecify.annotations.Nullable String type) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.at("/status").asInt()).as(answer.body()).isEqualTo(status);
        assertThat(answer.at("/error/root_cause").isArray()).as(answer.body()).isTrue();
        assertThat(answer.at("/error/reason").asString()).isNotEmpty();
        assertThat(answer.body()).doesNotContain("at io.elpis").doesNotContain("org.springframework");
        if (type != null) {
            assertThat(answer.at("/error/type").asString()).isEqualTo(type);
        }
    }
}
