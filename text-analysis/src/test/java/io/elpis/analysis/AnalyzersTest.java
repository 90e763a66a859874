package io.elpis.analysis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.result.TieHash;
import io.elpis.model.schema.AnalysisSettings;
import io.elpis.model.schema.AnalysisSettingsParser;
import io.elpis.model.schema.FieldMapping;
import io.elpis.model.schema.FieldType;
import io.elpis.model.schema.MappingParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.util.StringHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnalyzersTest {
    private static final Analyzers PLAIN = Analyzers.of(AnalysisSettings.NONE);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            standard   | The Quick-Brown foxes | the quick brown foxes
            simple     | Route 66 West         | route west
            whitespace | Quick-Brown Foxes     | Quick-Brown Foxes
            keyword    | New York              | New York
            stop       | The quick fox         | quick fox
            english    | The runner's foxes    | runner fox
            french     | les chevaux           | cheval
            """)
    void builtInAnalyzersAnalyzeAsLucenesDo(String name, String text, String terms) {
        assertThat(String.join(" ", terms(PLAIN.get(name), text))).isEqualTo(terms);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"tokenizer":"standard","filter":["lowercase","asciifolding"]} | Über Café | uber cafe
            {"type":"custom","tokenizer":"whitespace","filter":["lowercase","s"]} | The a fox | the fox
            {"tokenizer":"standard","filter":["lowercase","syn"]} | A Fast car | a quick car
            {"tokenizer":"e"} | ab-cd | a ab c cd
            {"tokenizer":"letter","filter":["unique","porter_stem"]} | running and running | run and
            {"tokenizer":"p"} | a,b,,c | a b c
            {"tokenizer":"lowercase","filter":["trim","long"]} | Ab Abcd9 | abcd
            {"tokenizer":"standard","char_filter":["html_strip"]} | <b>Hi</b> there | Hi there
            {"type":"standard","stopwords":["the"]} | The the fox | fox
            {"type":"english","stopwords":"_none_"} | the foxes | the fox
            {"tokenizer":"standard","filter":["german"]} | Häuser | Haus
            """)
    void customAnalyzersAreTheSumOfTheirParts(String definition, String text, String terms) {
        Analyzers analyzers = analyzers("""
                {"analyzer":{"mine":%s},
                 "tokenizer":{"e":{"type":"edge_ngram","min_gram":1,"max_gram":2,"token_chars":["letter"]},
                              "p":{"type":"pattern","pattern":","}},
                 "filter":{"s":{"type":"stop","stopwords":["a"]},"syn":{"type":"synonym","synonyms":["fast => quick"]},
                           "long":{"type":"length","min":3},"german":{"type":"stemmer","language":"german"}}}
                """.formatted(definition));

        assertThat(String.join(" ", terms(analyzers.get("mine"), text))).isEqualTo(terms);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"tokenizer":"nope"} | Custom Analyzer [mine] failed to find tokenizer under name [nope]
            {"tokenizer":"standard","filter":["nope"]} | Custom Analyzer [mine] failed to find filter under name [nope]
            {"type":"klingon"} | Unknown analyzer type [klingon] for [mine]
            {"filter":["lowercase"]} | analyzer [mine] must specify either an analyzer type, or a tokenizer
            {"type":"standard","speed":"high"} | unknown setting [speed] of analyzer [mine]
            {"tokenizer":"standard","filter":["syn"]} | synonym requires `synonyms` to be configured
            """)
    void partsThatAreNotThereAreNamed(String definition, String reason) {
        assertThatThrownBy(() -> analyzers(
                        "{\"analyzer\":{\"mine\":" + definition + "},\"filter\":{\"syn\":{\"type\":\"synonym\"}}}"))
                .isInstanceOf(ElpisException.class)
                .hasMessage(reason);
    }

    @Test
    void whatAnAnalyzerIsMadeOfIsBounded() {
        assertRefused("{\"type\":\"ngram\",\"min_gram\":99999990,\"max_gram\":100000000}", "min_gram");
        assertRefused(synonyms("a => " + "b ".repeat(101)), "more than [100] words in a synonym of [a]");
        assertRefused(
                synonyms("a => "
                        + IntStream.range(0, 1_001).mapToObj(Integer::toString).collect(Collectors.joining(","))),
                "more than [1000] synonyms of [a]");
        assertRefused(
                synonyms(IntStream.range(0, 100_000).mapToObj(Integer::toString).collect(Collectors.joining(","))),
                "more than [1000] synonyms of");
        assertThatThrownBy(() -> analyzers("{\"analyzer\":{\"mine\":{\"tokenizer\":\"standard\",\"filter\":["
                        + String.join(",", Collections.nCopies(50, "\"p\""))
                        + "]},\"more\":{\"tokenizer\":\"standard\",\"filter\":["
                        + String.join(",", Collections.nCopies(50, "\"p\""))
                        + "]},\"most\":{\"tokenizer\":\"standard\",\"filter\":[\"p\"]}},\"filter\":{\"p\":"
                        + "{\"type\":\"pattern_replace\",\"pattern\":\"(?:abcd){124}\"}}}"))
                .hasMessageContaining("the patterns of an index");
        for (String kind : List.of("filter", "char_filter")) {
            String many = String.join(",", Collections.nCopies(51, "\"trim\""));
            assertThatThrownBy(() -> analyzers(
                            "{\"analyzer\":{\"mine\":{\"tokenizer\":\"standard\",\"" + kind + "\":[" + many + "]}}}"))
                    .hasMessageContaining("has [51] of [" + kind + "], more than");
        }
    }

    @Test
    void fieldsTakeTheirOwnAnalyzerAndTheDefaultOtherwise() {
        Analyzers analyzers = analyzers("{\"analyzer\":{\"default\":{\"type\":\"whitespace\"}}}");
        FieldMapping field = FieldMapping.of("title", 1, FieldType.TEXT);

        assertThat(terms(analyzers.forIndexing(field), "The Foxes")).containsExactly("The", "Foxes");
        assertThat(terms(analyzers.forSearch(field.withAnalyzer("english")), "The Foxes"))
                .containsExactly("fox");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"type":"pattern_replace","pattern":"(a)","replacement":"$2"} | bad replacement [$2] for pattern [(a)]
            {"type":"pattern_replace","pattern":"zz(?<x>a)","replacement":"${y}"} | bad replacement [${y}]
            {"type":"pattern_replace","pattern":"zz","replacement":"$"} | bad replacement [$]
            {"type":"pattern_replace","pattern":"zz(","replacement":"x"} | bad pattern [zz(]
            """)
    void aReplacementMayOnlyNameGroupsOfItsPattern(String part, String reason) {
        for (String kind : List.of("filter", "char_filter")) {
            assertThatThrownBy(() -> analyzers("{\"analyzer\":{\"mine\":{\"tokenizer\":\"standard\",\"" + kind
                            + "\":[\"p\"]}},\"" + kind + "\":{\"p\":" + part + "}}"))
                    .isInstanceOf(ElpisException.class)
                    .hasMessageStartingWith(reason);
        }
    }

    @Test
    void replacementsWithTheirGroupsAreTaken() {
        Analyzers analyzers = analyzers("""
                {"analyzer":{"mine":{"tokenizer":"keyword","filter":["p"]}},
                 "filter":{"p":{"type":"pattern_replace","pattern":"(?<x>a)(b)","replacement":"$2${x}\\\\$"}}}""");

        assertThat(terms(analyzers.get("mine"), "abc")).containsExactly("ba$c");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"tokenizer":"t"} | {"type":"whitespace","max_token_length":0}
            {"tokenizer":"t"} | {"type":"standard","max_token_length":9999999}
            {"type":"standard","max_token_length":0} | {"type":"keyword"}
            {"tokenizer":"t"} | {"type":"pattern","pattern":"(a)","group":2}
            {"tokenizer":"standard","char_filter":["twice"]} | {"type":"keyword"}
            """)
    void whatOnlyAnalyzingWouldTellIsToldBefore(String analyzer, String tokenizer) {
        String settings = "{\"analyzer\":{\"mine\":" + analyzer + "},\"tokenizer\":{\"t\":" + tokenizer
                + "},\"char_filter\":{\"twice\":{\"type\":\"mapping\",\"mappings\":[\"a=>b\",\"a=>c\"]}}}";

        assertThatThrownBy(() -> analyzers(settings).rehearse())
                .isInstanceOfSatisfying(
                        ElpisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ILLEGAL_ARGUMENT));
    }

    @Test
    void goodAnalyzersGoThroughTheirRehearsal() {
        analyzers("""
                {"analyzer":{"a":{"tokenizer":"n","filter":["lowercase","syn","shingle"]},"b":{"type":"french"},
                 "c":{"type":"pattern"},"d":{"tokenizer":"standard","filter":["one"]}},
                 "tokenizer":{"n":{"type":"ngram","min_gram":1,"max_gram":3}},
                 "filter":{"syn":{"type":"synonym","synonyms":["x => y"]},"one":{"type":"limit"}}}""").rehearse();
    }

    @Test
    void mappingThatNamesAnAnalyzerThatIsNotThereIsRefused() {
        var mapping = MappingParser.parse(
                "{\"properties\":{\"a\":{\"type\":\"text\",\"analyzer\":\"nope\"}}}".getBytes(UTF_8));

        assertThatThrownBy(() -> PLAIN.check(mapping))
                .hasMessageStartingWith("analyzer [nope] has not been configured");
    }

    /** Lucene has the same function. */
    @Test
    void tieHashIsMurmur3() {
        Random random = new Random(42);
        for (int length = 0; length < 200; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            assertThat(TieHash.of(bytes)).isEqualTo(StringHelper.murmurhash3_x64_128(bytes, 0, length, 0)[0]);
        }
    }

    private static String synonyms(String rule) {
        return "{\"type\":\"synonym\",\"synonyms\":[\"" + rule + "\"]}";
    }

    private static void assertRefused(String filter, String reason) {
        assertThatThrownBy(() -> analyzers("{\"analyzer\":{\"mine\":{\"tokenizer\":\"standard\",\"filter\":[\"f\"]}},"
                        + "\"filter\":{\"f\":" + filter + "}}"))
                .isInstanceOfSatisfying(
                        ElpisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ILLEGAL_ARGUMENT))
                .hasMessageContaining(reason);
    }

    private static Analyzers analyzers(String json) {
        return Analyzers.of(AnalysisSettingsParser.parse(json.getBytes(UTF_8)));
    }

    private static List<String> terms(Analyzer analyzer, String text) {
        List<String> terms = new ArrayList<>();
        try (TokenStream stream = analyzer.tokenStream("field", text)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                terms.add(term.toString());
            }
            stream.end();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return terms;
    }
}
