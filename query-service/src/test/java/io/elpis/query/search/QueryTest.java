package io.elpis.query.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.model.query.FieldBoost;
import io.elpis.model.query.Operator;
import io.elpis.model.query.QueryNode;
import io.elpis.model.query.Scalar;
import io.elpis.model.query.ZeroTerms;
import io.elpis.protocol.node.SearchResponse;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of query finds what OpenSearch's would. */
final class QueryTest {
    private static final String MAPPING = """
            {"properties":{
              "title":{"type":"text","fields":{"raw":{"type":"keyword","ignore_above":20}}},
              "body":{"type":"text","analyzer":"english"},
              "tag":{"type":"keyword"},
              "pages":{"type":"integer"},
              "price":{"type":"double"},
              "rating":{"type":"float"},
              "sold":{"type":"boolean"},
              "published":{"type":"date"},
              "shelf":{"type":"keyword","index":false},
              "lent":{"type":"boolean","index":false},
              "lentOn":{"type":"date","index":false},
              "notes":{"type":"text","index":false},
              "author":{"properties":{"name":{"type":"text"}}}}}
            """;

    @TempDir
    Path directory;

    private TestIndex index;

    @BeforeEach
    void open() throws Exception {
        index = new TestIndex(directory, 1, MAPPING)
                .index(0, "1", """
                        {"title":"The quick brown fox","body":"Foxes were running","tag":["animal","red"],"pages":10,
                         "price":1.5,"rating":0.1,"sold":true,"published":"2023-11-14","author":{"name":"Aesop"},
                         "shelf":["B2","C1"],"lent":true,"lentOn":["1999-01-02","2023-11-14"],"notes":"torn"}""")
                .index(0, "2", """
                        {"title":"The lazy dog","body":"A dog sleeps","tag":"animal","pages":200,
                         "price":20,"rating":4.5,"sold":false,"published":"2023-11-01T12:30:00Z",
                         "shelf":"A1","lent":false}""")
                .index(0, "3", """
                        {"title":"Quick start \\"guide\\"","tag":"Manual","pages":-3,"published":1700000000000}""")
                .index(0, "4", "{\"title\":\"Gone\"}")
                .delete(0, "4")
                .delete(0, "never")
                .refresh();
    }

    @AfterEach
    void close() {
        index.close();
    }

    private void assertFinds(QueryNode query, String... ids) throws Exception {
        assertThat(index.ids(query)).containsExactlyInAnyOrder(ids);
    }

    private static QueryNode.Match match(String field, String text) {
        return new QueryNode.Match(field, text, Operator.OR, null, null, false, ZeroTerms.NONE, 1f);
    }

    private static QueryNode term(String field, String value) {
        return new QueryNode.Term(field, new Scalar.Text(value), false, 1f);
    }

    private static QueryNode range(String field, @Nullable Scalar lower, @Nullable Scalar upper, boolean inclusive) {
        return new QueryNode.Range(field, lower, upper, inclusive, inclusive, null, null, 1f);
    }

    private static QueryNode bool(List<QueryNode> must, List<QueryNode> should, List<QueryNode> mustNot) {
        return new QueryNode.Bool(must, List.of(), should, mustNot, null, 1f);
    }

    @Test
    void matchAllFindsLiveDocumentsOnly() throws Exception {
        assertFinds(new QueryNode.MatchAll(1f), "1", "2", "3");
        assertFinds(new QueryNode.MatchNone());
    }

    @Test
    void matchAnalyzesWithTheFieldsAnalyzer() throws Exception {
        assertFinds(match("title", "QUICK dog"), "1", "2", "3");
        assertFinds(match("body", "fox runs"), "1");
        assertFinds(match("title", "fox guide"), "1", "3");
        assertFinds(match("author.name", "aesop"), "1");
        assertFinds(match("nowhere", "x"));
    }

    @Test
    void matchCombinesTerms() throws Exception {
        assertFinds(
                new QueryNode.Match("title", "the quick", Operator.AND, null, null, false, ZeroTerms.NONE, 1f), "1");
        assertFinds(
                new QueryNode.Match("title", "the quick fox", Operator.OR, "2", null, false, ZeroTerms.NONE, 1f), "1");
        assertFinds(new QueryNode.Match("title", "...", Operator.OR, null, null, false, ZeroTerms.NONE, 1f));
        assertFinds(
                new QueryNode.Match("title", "...", Operator.OR, null, null, false, ZeroTerms.ALL, 1f), "1", "2", "3");
    }

    @Test
    void matchOnOtherTypesIsExact() throws Exception {
        assertFinds(match("pages", "10"), "1");
        assertFinds(match("tag", "animal"), "1", "2");
        assertFinds(match("sold", "true"), "1");
        assertFinds(new QueryNode.Match("pages", "ten", Operator.OR, null, null, true, ZeroTerms.NONE, 1f));
    }

    @Test
    void aValueOfTheWrongTypeIsTheCallersMistake() throws Exception {
        String unfit = "failed to create query: field [pages] of type [integer]: For input string: \"abc\"";
        for (QueryNode query : List.of(
                term("pages", "abc"),
                new QueryNode.Terms("pages", List.of(new Scalar.Whole(1), new Scalar.Text("abc")), 1f),
                range("pages", new Scalar.Text("abc"), null, true),
                match("pages", "abc"))) {
            SearchResponse response = index.search(io.elpis.model.search.SearchRequest.of(query));
            assertThat(response.getShards(0).getFailure().getCode()).isEqualTo("QUERY_SHARD");
            assertThat(response.getShards(0).getFailure().getReason()).isEqualTo(unfit);
        }
    }

    @Test
    void phrasesKeepTheOrderOfWords() throws Exception {
        assertFinds(new QueryNode.MatchPhrase("title", "quick brown", 0, null, ZeroTerms.NONE, 1f), "1");
        assertFinds(new QueryNode.MatchPhrase("title", "brown quick", 0, null, ZeroTerms.NONE, 1f));
        assertFinds(new QueryNode.MatchPhrase("title", "quick fox", 1, null, ZeroTerms.NONE, 1f), "1");
    }

    @Test
    void multiMatchSearchesSeveralFields() throws Exception {
        assertFinds(multi(List.of(new FieldBoost("title", 2f), new FieldBoost("body", 1f)), "sleeping fox"), "1", "2");
        assertFinds(multi(List.of(new FieldBoost("ti*", 1f)), "guide"), "3");
        assertFinds(multi(List.of(), "aesop"), "1");
        assertFinds(multi(List.of(), "200"), "2");
        assertFinds(multi(List.of(new FieldBoost("pa*", 1f), new FieldBoost("title", 1f)), "lazy"), "2");
    }

    private static QueryNode multi(List<FieldBoost> fields, String text) {
        return new QueryNode.MultiMatch(
                fields,
                text,
                QueryNode.MultiMatch.Type.BEST_FIELDS,
                Operator.OR,
                null,
                null,
                null,
                false,
                0,
                ZeroTerms.NONE,
                1f);
    }

    @Test
    void termsAreNotAnalyzed() throws Exception {
        assertFinds(term("tag", "Manual"), "3");
        assertFinds(term("tag", "manual"));
        assertFinds(new QueryNode.Term("tag", new Scalar.Text("mANUAL"), true, 1f), "3");
        assertFinds(term("title.raw", "The lazy dog"), "2");
        assertFinds(term("pages", "200"), "2");
        assertFinds(new QueryNode.Term("price", new Scalar.Decimal(1.5), false, 1f), "1");
        assertFinds(new QueryNode.Term("rating", new Scalar.Decimal(0.1), false, 1f), "1");
        assertFinds(new QueryNode.Term("sold", new Scalar.Flag(false), false, 1f), "2");
        assertFinds(new QueryNode.Term("pages", new Scalar.Decimal(10.5), false, 1f));
        assertFinds(term("_id", "3"), "3");
        assertFinds(term("_id", "4"));
    }

    @Test
    void fieldsThatAreNotIndexedAreSearchedByTheirDocValues() throws Exception {
        assertFinds(term("shelf", "C1"), "1");
        assertFinds(match("shelf", "A1"), "2");
        assertFinds(new QueryNode.Term("shelf", new Scalar.Text("a1"), true, 1f), "2");
        assertFinds(new QueryNode.Terms("shelf", List.of(new Scalar.Text("A1"), new Scalar.Text("B2")), 1f), "1", "2");
        assertFinds(range("shelf", new Scalar.Text("B"), null, true), "1");
        assertFinds(range("shelf", null, new Scalar.Text("B2"), false), "2");
        assertFinds(new QueryNode.Exists("shelf", 1f), "1", "2");
        assertFinds(term("lent", "true"), "1");
        assertFinds(new QueryNode.Terms("lent", List.of(new Scalar.Flag(true), new Scalar.Flag(false)), 1f), "1", "2");
        assertFinds(range("lent", new Scalar.Flag(true), null, true), "1");
    }

    @Test
    void textThatIsNotIndexedCannotBeSearched() throws Exception {
        for (QueryNode query : List.of(
                match("notes", "torn"),
                new QueryNode.MatchPhrase("notes", "torn", 0, null, ZeroTerms.NONE, 1f),
                term("notes", "torn"))) {
            SearchResponse response = index.search(io.elpis.model.search.SearchRequest.of(query));
            assertThat(response.getShards(0).getFailure().getReason())
                    .isEqualTo("failed to create query: Cannot search on field [notes] since it is not indexed.");
        }
        assertFinds(new QueryNode.Match("notes", "torn", Operator.OR, null, null, true, ZeroTerms.NONE, 1f));
    }

    @Test
    void termsTakeAnyOfSeveral() throws Exception {
        assertFinds(
                new QueryNode.Terms("tag", List.of(new Scalar.Text("red"), new Scalar.Text("Manual")), 1f), "1", "3");
        assertFinds(new QueryNode.Terms("pages", List.of(new Scalar.Whole(10), new Scalar.Whole(-3)), 1f), "1", "3");
    }

    @Test
    void rangesOfNumbers() throws Exception {
        assertFinds(range("pages", new Scalar.Whole(10), null, true), "1", "2");
        assertFinds(range("pages", new Scalar.Whole(10), null, false), "2");
        assertFinds(range("pages", new Scalar.Decimal(-3.5), new Scalar.Decimal(10.5), false), "1", "3");
        assertFinds(range("price", null, new Scalar.Whole(20), false), "1");
        assertFinds(range("rating", new Scalar.Decimal(0.1), new Scalar.Whole(5), true), "1", "2");
    }

    @Test
    void boundsMayLieFarBeyondAnyNumber() throws Exception {
        Scalar endless = new Scalar.Text("1e600000000");
        Scalar least = new Scalar.Text("-1e600000000");
        for (String field : List.of("pages", "price", "rating")) {
            assertFinds(range(field, endless, null, true));
            assertFinds(range(field, null, least, true));
            assertFinds(term(field, "1e600000000"));
        }
        assertFinds(range("pages", least, endless, false), "1", "2", "3");
        assertFinds(range("price", least, endless, true), "1", "2");
    }

    @Test
    void rangesOfDatesRoundAndCount() throws Exception {
        assertFinds(range("published", new Scalar.Text("2023-11-14"), new Scalar.Text("2023-11-14"), true), "1", "3");
        assertFinds(range("published", new Scalar.Text("now-1d/d"), null, true), "1", "3");
        assertFinds(range("published", new Scalar.Text("2023-11-01"), null, false), "1", "3");
        assertFinds(range("published", new Scalar.Text("2023-10||+1M"), new Scalar.Text("2023-11-02"), true), "2");
        assertFinds(term("published", "2023-11-14"), "1", "3");
    }

    @Test
    void existsLooksAtFieldsAndObjects() throws Exception {
        assertFinds(new QueryNode.Exists("body", 1f), "1", "2");
        assertFinds(new QueryNode.Exists("price", 1f), "1", "2");
        assertFinds(new QueryNode.Exists("author", 1f), "1");
        assertFinds(new QueryNode.Exists("nowhere", 1f));
    }

    @Test
    void termsOfDatesMayBeAsManyAsOthers() throws Exception {
        List<Scalar> days = new java.util.ArrayList<>();
        for (int day = 0; day < 5_000; day++) {
            days.add(new Scalar.Text(LocalDate.of(1980, 1, 1).plusDays(day * 2L).toString()));
        }
        for (String field : List.of("published", "lentOn")) {
            assertFinds(new QueryNode.Terms(field, days, 1f));
            days.add(new Scalar.Text("2023-11-14"));
            days.add(new Scalar.Whole(1_698_841_800_000L));
            assertFinds(
                    new QueryNode.Terms(field, days, 1f),
                    field.equals("published") ? new String[] {"1", "2", "3"} : new String[] {"1"});
            days.subList(5_000, days.size()).clear();
        }
    }

    @Test
    void boolCombinesClauses() throws Exception {
        assertFinds(bool(List.of(term("tag", "animal")), List.of(), List.of(term("sold", "true"))), "2");
        assertFinds(bool(List.of(), List.of(), List.of(term("tag", "animal"))), "3");
        assertFinds(bool(List.of(), List.of(), List.of()), "1", "2", "3");
        assertFinds(bool(List.of(), List.of(term("tag", "red"), term("pages", "200")), List.of()), "1", "2");
        assertFinds(
                new QueryNode.Bool(
                        List.of(),
                        List.of(),
                        List.of(term("tag", "red"), term("tag", "animal"), term("pages", "10")),
                        List.of(),
                        "-1",
                        1f),
                "1");
    }

    @Test
    void minimumShouldMatchCountsTheOptionalClauses() throws Exception {
        assertFinds(atLeast("-25%"), "1");
        assertFinds(atLeast("2<-25% 9<-3"), "1");
        assertFinds(atLeast("2 < 50%"), "1", "2");
        assertFinds(atLeast("4"));
    }

    private static QueryNode atLeast(String minimum) {
        List<QueryNode> optional = List.of(term("tag", "red"), term("tag", "animal"), match("title", "the"));
        return new QueryNode.Bool(List.of(), List.of(), optional, List.of(), minimum, 1f);
    }

    @Test
    void idsAndConstantScores() throws Exception {
        assertFinds(new QueryNode.Ids(List.of("1", "4", "9"), 1f), "1");
        SearchResponse response = index.search(
                io.elpis.model.search.SearchRequest.of(new QueryNode.ConstantScore(term("tag", "animal"), 2.5f)));
        assertThat(response.getHitsList())
                .allSatisfy(hit -> assertThat(hit.getScore()).isEqualTo(2.5f));
        assertThat(response.getShards(0).getMaxScore()).isEqualTo(2.5f);
        assertThat(response.getShards(0).getTotalHits()).isEqualTo(2);
    }
}
