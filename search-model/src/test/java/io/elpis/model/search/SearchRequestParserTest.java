package io.elpis.model.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.error.ElpisException;
import io.elpis.model.query.FieldBoost;
import io.elpis.model.query.Operator;
import io.elpis.model.query.QueryNode;
import io.elpis.model.query.Scalar;
import io.elpis.model.query.ZeroTerms;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchRequestParserTest {
    private static final QueryNode TERM = new QueryNode.Term("f", new Scalar.Text("x"), false, 1f);

    @Test
    void noBodyAsksForEverythingByDefault() {
        assertThat(parse("")).isEqualTo(SearchRequest.of(new QueryNode.MatchAll(1f)));
        assertThat(parse("{}")).isEqualTo(parse(""));
    }

    @Test
    void everyPartOfTheBodyIsRead() {
        SearchRequest request = parse("""
                {"query":{"term":{"f":"x"}},"from":20,"size":5,"sort":["_score",{"a":"desc"},
                 {"b":{"order":"asc","missing":"_first","unmapped_type":"long","mode":"max","format":"yyyy"}},"_doc"],
                 "_source":{"includes":["a.*"],"excludes":"a.b"},"track_total_hits":100,"timeout":"500ms",
                 "min_score":0.5,"track_scores":true,"version":true,"seq_no_primary_term":true,"explain":false,
                 "highlight":{"pre_tags":["<b>"],"post_tags":["</b>"],"fragment_size":50,
                              "fields":{"t":{},"u":{"number_of_fragments":0,"order":"score","type":"unified"}}}}
                """);

        assertThat(request)
                .isEqualTo(new SearchRequest(
                        TERM,
                        20,
                        5,
                        List.of(
                                new SortKey.ByScore(SortOrder.DESC),
                                SortKey.ByField.of("a", SortOrder.DESC),
                                new SortKey.ByField(
                                        "b", SortOrder.ASC, new Missing.First(), "long", SortMode.MAX, "yyyy"),
                                new SortKey.ByDoc(SortOrder.ASC)),
                        new SourceFilter(true, List.of("a.*"), List.of("a.b")),
                        new Highlight(
                                List.of(Highlight.Field.of("t"), new Highlight.Field("u", null, 0, null, null, true)),
                                List.of("<b>"),
                                List.of("</b>"),
                                50,
                                5,
                                true,
                                false),
                        100,
                        Duration.ofMillis(500),
                        0.5f,
                        true,
                        true,
                        true,
                        null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"term":{"f":"x"}}                       | {"term":{"f":{"value":"x"}}}
            {"match":{"f":"x"}}                      | {"match":{"f":{"query":"x","operator":"or"}}}
            {"match_phrase":{"f":"x"}}               | {"match_phrase":{"f":{"query":"x","slop":0}}}
            {"bool":{"must":{"term":{"f":"x"}}}}     | {"bool":{"must":[{"term":{"f":"x"}}],"should":[]}}
            {"range":{"f":{"gt":1,"lte":2}}}         | {"range":{"f":{"from":1,"to":2,"include_lower":false}}}
            {"multi_match":{"query":"x","fields":"a^2"}} | {"multi_match":{"query":"x","fields":["a^2.0"],"type":"best_fields"}}
            {"match_all":{}}                         | {"match_all":{"boost":1.0}}
            """)
    void shortAndLongFormsSayTheSame(String shortForm, String longForm) {
        assertThat(query(shortForm)).isEqualTo(query(longForm));
    }

    @Test
    void everyQueryIsRead() {
        assertThat(query("{\"match\":{\"f\":{\"query\":5,\"operator\":\"AND\",\"minimum_should_match\":\"75%\","
                        + "\"analyzer\":\"english\",\"lenient\":true,\"zero_terms_query\":\"all\",\"boost\":2}}}"))
                .isEqualTo(new QueryNode.Match("f", "5", Operator.AND, "75%", "english", true, ZeroTerms.ALL, 2f));
        assertThat(query("{\"multi_match\":{\"query\":\"x y\",\"fields\":[\"a^3\",\"b.*\"],\"type\":\"most_fields\","
                        + "\"tie_breaker\":0.3,\"minimum_should_match\":2}}"))
                .isEqualTo(new QueryNode.MultiMatch(
                        List.of(new FieldBoost("a", 3f), new FieldBoost("b.*", 1f)),
                        "x y",
                        QueryNode.MultiMatch.Type.MOST_FIELDS,
                        Operator.OR,
                        "2",
                        0.3f,
                        null,
                        false,
                        0,
                        ZeroTerms.NONE,
                        1f));
        assertThat(query("{\"terms\":{\"f\":[\"a\",1,2.5,true],\"boost\":3}}"))
                .isEqualTo(new QueryNode.Terms(
                        "f",
                        List.of(
                                new Scalar.Text("a"),
                                new Scalar.Whole(1),
                                new Scalar.Decimal(2.5),
                                new Scalar.Flag(true)),
                        3f));
        assertThat(query("{\"ids\":{\"values\":[\"1\",2]}}")).isEqualTo(new QueryNode.Ids(List.of("1", "2"), 1f));
        assertThat(query("{\"exists\":{\"field\":\"f\"}}")).isEqualTo(new QueryNode.Exists("f", 1f));
        assertThat(query("{\"constant_score\":{\"filter\":{\"term\":{\"f\":\"x\"}},\"boost\":4}}"))
                .isEqualTo(new QueryNode.ConstantScore(TERM, 4f));
        assertThat(query("{\"range\":{\"d\":{\"gte\":\"now-1d/d\",\"lt\":null,\"time_zone\":\"+01:00\"}}}"))
                .isEqualTo(
                        new QueryNode.Range("d", new Scalar.Text("now-1d/d"), null, true, false, null, "+01:00", 1f));
        assertThat(query("{\"bool\":{\"filter\":[{\"term\":{\"f\":\"x\"}}],\"must_not\":{\"term\":{\"f\":\"x\"}},"
                        + "\"should\":[{\"match_none\":{}}],\"minimum_should_match\":1}}"))
                .isEqualTo(new QueryNode.Bool(
                        List.of(), List.of(TERM), List.of(new QueryNode.MatchNone()), List.of(TERM), "1", 1f));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"query":{"mtch":{"f":"x"}}}                         | unknown query [mtch] | 11
            {"query":{"match":{"f":{"query":"x","colour":1}}}}   | [match] query does not support [colour] | 46
            {"query":{"match":{"f":"x","g":"y"}}}                | [match] query doesn't support multiple fields, found [f] and [g] | 32
            {"query":{"match":"x"}}                              | [match] query malformed, no start_object after query name | 19
            {"query":{"match_all":{},"term":{}}}                 | [match_all] malformed query, expected [END_OBJECT] but found [FIELD_NAME] | 26
            {"query":{}}                                         | query malformed, empty clause found | 11
            {"query":{"bool":{"must":"x"}}}                      | [bool] query does not support [must] as [VALUE_STRING] | 26
            {"query":{"term":{"f":["x"]}}}                       | [term] query does not support [START_ARRAY] as a value | 23
            {"query":{"match":{"f":{"query":"x","operator":"xor"}}}} | [match] operator needs to be either [and] or [or], got [xor] | 48
            {"query":{"bool":{"should":[],"minimum_should_match":"some"}}} | [bool] bad [minimum_should_match]: [some] | 54
            {"aggs":{}}                                          | Unknown key for a START_OBJECT in [aggs]. | 9
            {"size":"many"}                                      | Failed to parse int parameter [size] with value [many] | 9
            {"size":1} 2                                         | Unexpected [VALUE_NUMBER_INT] behind the end | 12
            """)
    void mistakesAreToldWithTheirPlace(String body, String reason, int column) {
        assertThatThrownBy(() -> parse(body))
                .isInstanceOfSatisfying(
                        ElpisException.class,
                        e -> assertThat(e.details()).containsEntry("line", 1).containsEntry("col", column))
                .hasMessageStartingWith(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"from":-1}                  | [from] parameter cannot be negative, found [-1]
            {"track_total_hits":"some"}  | [track_total_hits] parameter must be positive or equals to -1, got some
            {"timeout":"soon"}           | failed to parse setting [timeout] with value [soon] as a time value
            {"query":{"match_all":{"boost":-1}}} | negative [boost] are not allowed in [match_all]
            {"sort":{"a":{"nested":{}}}} | [field_sort] unknown field [nested]
            {"query":                    | Unexpected end-of-input
            [1]                          | Expected [START_OBJECT] but found [START_ARRAY]
            """)
    void otherMistakesAreTold(String body, String reason) {
        assertThatThrownBy(() -> parse(body))
                .isInstanceOfSatisfying(
                        ElpisException.class,
                        e -> assertThat(e.code().httpStatus()).isEqualTo(400))
                .hasMessageStartingWith(reason);
    }

    @Test
    void brokenJsonIsToldInWordsOfItsOwn() {
        assertThatThrownBy(() -> parse("{\n \"query\": {\"match_all\": {}\n ]}"))
                .hasMessage("Unexpected close marker ']': expected '}' at line 3, column 2");
        assertThatThrownBy(() -> parse("{\"query\":{\"match_all\":{}"))
                .hasMessageStartingWith("Unexpected end-of-input: expected close marker for Object")
                .message()
                .doesNotContain("Source")
                .doesNotContain("[");
        assertThatThrownBy(() -> parse("{\"query\":" + "[".repeat(100_000)))
                .message()
                .doesNotContain("Constraints");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"match_all\":{\"_name\":\"q\"}}",
                "{\"term\":{\"f\":{\"value\":1,\"_name\":\"q\"}}}",
                "{\"term\":{\"f\":1,\"_name\":\"q\"}}",
                "{\"bool\":{\"_name\":\"q\"}}"
            })
    void queriesAreNotNamedInVain(String query) {
        assertThatThrownBy(() -> parse("{\"query\":" + query + "}"))
                .message()
                .contains("query does not support [_name]");
    }

    @Test
    void depthAndNumberOfClausesAreLimited() {
        String deep = "{\"query\":" + "{\"bool\":{\"must\":".repeat(41) + "{\"match_all\":{}}" + "}}".repeat(41) + "}";
        String clause = "{\"term\":{\"f\":\"x\"}},";
        String many = "{\"query\":{\"bool\":{\"should\":[" + clause.repeat(1024) + "{\"match_all\":{}}]}}}";

        assertThatThrownBy(() -> parse(deep)).hasMessage("query is nested deeper than [40] levels");
        assertThatThrownBy(() -> parse(many)).hasMessage("failed to create query: maxClauseCount is set to 1024");
        assertThatThrownBy(() -> parse("{\"query\":" + "[".repeat(100_000))).isInstanceOf(ElpisException.class);
    }

    @ParameterizedTest
    @CsvSource({"true,2147483647", "false,-1", "-1,-1", "0,0", "7,7"})
    void totalsAreTrackedAsFarAsAsked(String asked, int tracked) {
        assertThat(parse("{\"track_total_hits\":" + asked + "}").trackTotalHits())
                .isEqualTo(tracked);
        assertThat(SearchParameters.apply(parse("{}"), Map.of("track_total_hits", asked))
                        .trackTotalHits())
                .isEqualTo(tracked);
    }

    @Test
    void urlWinsOverTheBody() {
        SearchRequest request = SearchParameters.apply(
                parse("{\"size\":3,\"from\":1,\"query\":{\"match_none\":{}}}"),
                Map.of(
                        "size",
                        "7",
                        "q",
                        "title:hope",
                        "sort",
                        "a:desc,b",
                        "_source",
                        "x,y",
                        "track_total_hits",
                        "true"));

        assertThat(request.size()).isEqualTo(7);
        assertThat(request.from()).isEqualTo(1);
        assertThat(request.query())
                .isEqualTo(new QueryNode.Match("title", "hope", Operator.OR, null, null, false, ZeroTerms.NONE, 1f));
        assertThat(request.sort())
                .containsExactly(SortKey.ByField.of("a", SortOrder.DESC), SortKey.ByField.of("b", SortOrder.ASC));
        assertThat(request.source()).isEqualTo(new SourceFilter(true, List.of("x", "y"), List.of()));
        assertThat(request.trackTotalHits()).isEqualTo(SearchRequest.TRACK_EXACTLY);
        assertThatThrownBy(() -> SearchParameters.apply(request, Map.of("size", "x")))
                .hasMessage("Failed to parse parameter [size] with value [x]");
    }

    @Test
    void pagesBeyondTheWindowAreRefused() {
        SearchRequest request = parse("{\"from\":9991,\"size\":10}");

        ResultWindow.check(request, 10_001);
        assertThatThrownBy(() -> ResultWindow.check(request, 10_000))
                .hasMessageStartingWith("Result window is too large, from + size must be less than or equal to: [10000]"
                        + " but was [10001].");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noGarbageEndsInAnythingButARefusal(long seed) {
        Random random = new Random(seed);
        byte[] good = """
                {"query":{"bool":{"must":[{"match":{"f":{"query":"x","boost":1.5}}}],"filter":{"range":{"d":{"gt":1}}}}},
                 "sort":[{"a":{"order":"asc"}}],"_source":["a"],"size":10,"highlight":{"fields":{"t":{}}}}
                """.getBytes(UTF_8);
        for (int i = 0; i < 5000; i++) {
            byte[] bad = good.clone();
            for (int change = random.nextInt(3); change >= 0; change--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            try {
                SearchRequestParser.parse(bad);
            } catch (ElpisException e) {
                assertThat(e.code().httpStatus()).as("seed %d", seed).isEqualTo(400);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"highlight\":{\"number_of_fragments\":2147483647,\"fields\":{\"t\":{}}}}",
                "{\"highlight\":{\"fields\":{\"t\":{\"number_of_fragments\":10001}}}}",
                "{\"highlight\":{\"fields\":{\"t\":{\"fragment_size\":1000001}}}}"
            })
    void fragmentsHaveBounds(String body) {
        assertThatThrownBy(() -> parse(body))
                .isInstanceOf(ElpisException.class)
                .hasMessageContaining("must be at most");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"order\":\"best\"", "\"type\":\"magic\""})
    void unknownWaysToHighlightAreRefused(String option) {
        assertThatThrownBy(() -> parse("{\"highlight\":{" + option + ",\"fields\":{\"t\":{}}}}"))
                .isInstanceOf(ElpisException.class)
                .hasMessageContaining("unknown");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"query\":{\"multi_match\":{\"query\":\"x\",\"fields\":[\"a\",\"b\"],\"tie_breaker\":2}}}",
                "{\"sort\":[{\"day\":{\"order\":\"asc\",\"format\":\"||\"}}]}",
                "{\"sort\":[{\"day\":{\"order\":\"asc\",\"format\":\"{garbage\"}}]}"
            })
    void whatNodesCouldNotDoIsRefusedWithItsPlace(String body) {
        assertThatThrownBy(() -> parse(body))
                .isInstanceOfSatisfying(
                        ElpisException.class,
                        failure -> assertThat(failure.details()).containsKeys("line", "col"));
    }

    @Test
    void anEmptyDefaultFieldIsNone() {
        assertThat(SearchParameters.query(Map.of("q", "foo", "df", "")))
                .isEqualTo(SearchParameters.query(Map.of("q", "foo")));
    }

    private static SearchRequest parse(String body) {
        return SearchRequestParser.parse(body.getBytes(UTF_8));
    }

    private static QueryNode query(String json) {
        return SearchRequestParser.parseQuery(("{\"query\":" + json + "}").getBytes(UTF_8));
    }
}
