package io.elpis.launcher.find;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SearchTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void textFieldsAreFoundAtAnyDepth() {
        JsonNode mapping = JSON.readTree("""
                {"pages": {"mappings": {"properties": {
                  "title": {"type": "text", "fields": {"raw": {"type": "keyword"}}},
                  "kind": {"type": "keyword"},
                  "author": {"properties": {"bio": {"type": "text"}}}}}}}""");
        assertThat(TextFields.in(mapping)).containsExactly("title", "author.bio");
    }

    @Test
    void quotesComeFromTheLongText() {
        JsonNode body = Search.body("a \"b\"", 5, List.of("title", "body"));
        assertThat(body.at("/query/multi_match/query").asString()).isEqualTo("a \"b\"");
        assertThat(body.at("/query/multi_match/fields")).hasSize(2);
        assertThat(body.at("/highlight/fields").propertyNames()).containsExactly("body");
        assertThat(Search.body("a", 5, List.of("x")).at("/highlight/fields").propertyNames())
                .containsExactly("x");
    }

    @Test
    void hitsAreReadable() {
        JsonNode answer = JSON.readTree("""
                {"took": 3, "_shards": {"total": 3, "failed": 0},
                 "hits": {"total": {"value": 1234, "relation": "eq"}, "hits": [
                   {"_id": "1", "_score": 2.5, "_source": {"title": "Class Cache", "url": "a/Cache.html"},
                    "highlight": {"body": ["a \\u0001cache\\u0002 that", "\\u0001cache\\u0002 two"]}},
                   {"_id": "2", "_score": null, "_source": {"n": 1}}]}}""");
        assertThat(new HitList(false).lines(answer))
                .containsExactly(
                        "1,234 hits in 3 ms",
                        "",
                        " 1. Class Cache  (2.50)",
                        "    a/Cache.html",
                        "    a cache that ... cache two",
                        "",
                        " 2. 2  (0.00)",
                        "    2",
                        "    {\"n\":1}");
        assertThat(new HitList(true).lines(answer).get(4)).contains("\u001b[1mcache\u001b[0m");
    }

    @Test
    void oneHitIsNotMany() {
        assertThat(HitList.summary(JSON.readTree("{\"took\": 3, \"hits\": {\"total\": {\"value\": 1}}}")))
                .isEqualTo("1 hit in 3 ms");
        assertThat(HitList.summary(JSON.readTree("{\"took\": 3, \"hits\": {\"total\": {\"value\": 0}}}")))
                .isEqualTo("0 hits in 3 ms");
    }

    @Test
    void incompleteAnswerSaysSo() {
        JsonNode answer = JSON.readTree("""
                {"took": 3, "_shards": {"total": 3, "failed": 1}, "hits": {"total": {"value": 9, "relation": "gte"}}}""");
        assertThat(HitList.summary(answer)).isEqualTo("at least 9 hits in 3 ms -- incomplete: 1 of 3 shards failed");
        assertThat(HitList.isComplete(answer)).isFalse();
        assertThat(HitList.isComplete(JSON.readTree("{\"timed_out\": true, \"_shards\": {\"failed\": 0}}")))
                .isFalse();
        assertThat(HitList.isComplete(JSON.readTree("{\"timed_out\": false, \"_shards\": {\"failed\": 0}}")))
                .isTrue();
    }

    @Test
    void whatDocumentsHoldCommandsNoTerminal() {
        JsonNode answer = JSON.readTree("""
                {"hits": {"total": {"value": 1}, "hits": [
                   {"_id": "1", "_source": {"title": "a\\u001b[2Jb", "url": "c\\u009b2Jd"},
                    "highlight": {"body": ["\\u001b]0;x\\u0007 \\u0001word\\u0002"]}}]}}""");
        assertThat(new HitList(false).lines(answer))
                .containsSubsequence(" 1. a [2Jb  (0.00)", "    c 2Jd", "     ]0;x  word");
    }
}
