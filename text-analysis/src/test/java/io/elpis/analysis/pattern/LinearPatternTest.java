package io.elpis.analysis.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.analysis.budget.AnalysisBudget;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.core.WhitespaceTokenizer;
import org.apache.lucene.analysis.pattern.PatternReplaceCharFilter;
import org.apache.lucene.analysis.pattern.PatternReplaceFilter;
import org.apache.lucene.analysis.pattern.PatternTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LinearPatternTest {
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            ",",
            "one",
            "one,two,,three,",
            "  Some MixedCase words-with 12 numbers 3.14 ",
            "naïve café, \ud83d\ude00 and \ud83d\ude00\ud83d\ude00 x",
            "a=1;b=22;;c=333",
            "line one\nline two\r\nline three",
            "aaaaabbbbb",
            "\"quoted\" and 'single' ((nested))");

    private static final List<String> PATTERNS = List.of(
            "\\W+",
            ",",
            "[\\s,;]+",
            "(\\w+)",
            "([a-z])([0-9]?)",
            "(?i)ONE|two",
            "x*",
            "^",
            "\\b",
            "(a)(b)?",
            "(a|b)*",
            "(?:ab){1,3}",
            "[^\\p{L}]",
            "\\Q((\\E",
            "[^]a]{2,}",
            "(?:x+x+)+y",
            "(\\d{1,3}\\.){3}\\d{1,3}");

    private static List<String> tokens(TokenStream stream) throws IOException {
        List<String> tokens = new ArrayList<>();
        try (stream) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            OffsetAttribute offset = stream.addAttribute(OffsetAttribute.class);
            PositionIncrementAttribute increment = stream.addAttribute(PositionIncrementAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                tokens.add(term + " " + offset.startOffset() + "-" + offset.endOffset() + " +"
                        + increment.getPositionIncrement());
            }
            stream.end();
            tokens.add("end " + offset.endOffset());
        }
        return tokens;
    }

    private static Tokenizer over(Tokenizer tokenizer, Reader reader) {
        tokenizer.setReader(reader);
        return tokenizer;
    }

    private static Tokenizer over(Tokenizer tokenizer, String text) {
        return over(tokenizer, new StringReader(text));
    }

    @Test
    void tokensAreThoseOfLucene() throws IOException {
        for (String pattern : PATTERNS) {
            Pattern java = Pattern.compile(pattern);
            LinearPattern bounded = LinearPattern.compile(pattern);
            for (int group = -1; group <= bounded.groups(); group++) {
                for (String text : TEXTS) {
                    assertThat(tokens(over(new PatternTokens(bounded, group), text)))
                            .as("%s, group %d, of %s", pattern, group, text)
                            .isEqualTo(tokens(over(new PatternTokenizer(java, group), text)));
                }
            }
        }
    }

    private static boolean isEmptyAtBegin(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() && matcher.end() == 0;
    }

    @Test
    void whatIsPutBeforeATextIsWhereItBegins() throws IOException {
        Replacement replacement = new Replacement(LinearPattern.compile("^"), "so ");
        assertThat(tokens(over(
                        new WhitespaceTokenizer(), new PatternReplacingReader(replacement, new StringReader("it is")))))
                .containsExactly("so 0-0 +1", "it 0-2 +1", "is 3-5 +1", "end 5");
    }

    @Test
    void replacementsAreThoseOfLucene() throws IOException {
        for (String pattern : PATTERNS) {
            Pattern java = Pattern.compile(pattern);
            LinearPattern bounded = LinearPattern.compile(pattern);
            for (String text : TEXTS) {
                for (String by : List.of("", "_", "longer$0", "\\$")) {
                    Replacement replacement = new Replacement(bounded, by);
                    for (boolean all : List.of(true, false)) {
                        assertThat(tokens(new PatternReplacingFilter(
                                        over(new WhitespaceTokenizer(), text), replacement, all)))
                                .as("%s by %s in %s", pattern, by, text)
                                .isEqualTo(tokens(new PatternReplaceFilter(
                                        over(new WhitespaceTokenizer(), text), java, by, all)));
                    }
                    List<String> found = tokens(over(
                            new WhitespaceTokenizer(),
                            new PatternReplacingReader(replacement, new StringReader(text))));
                    if (!by.isEmpty() && isEmptyAtBegin(java, text)) {
                        // Lucene's own would begin before the text.
                        continue;
                    }
                    assertThat(found)
                            .as("%s by %s before %s", pattern, by, text)
                            .isEqualTo(tokens(over(
                                    new WhitespaceTokenizer(),
                                    new PatternReplaceCharFilter(java, by, new StringReader(text)))));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?=a)",
                "(?<!a)b",
                "(a)\\1",
                "a*+",
                "(?>a)",
                "\\R",
                "\\h",
                "a**",
                "(",
                "[a",
                "[a&&[^b]]",
                "[a[b]]",
                "[^][a]",
                "((a{10}){10}){11}",
                "(a{1,1000})",
                "(?:a{1000}){2}",
                "[[:alpha:]&&b]",
                "(?iU)a+",
                "\\v",
                "[\\v]",
                "a{1001}",
                "(((((a{0,50}){0,5}){0,5}){0,5}){0,5})"
            })
    void whatIsNotSupportedIsRefused(String pattern) {
        assertThatThrownBy(() -> LinearPattern.compile(pattern)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theSizeOfPatternsIsBounded() {
        assertThatThrownBy(() -> LinearPattern.compile("a".repeat(1_001))).hasMessageContaining("characters");
        assertThatThrownBy(() -> LinearPattern.compile("(".repeat(51) + ")".repeat(51)))
                .hasMessageContaining("groups");
        assertThatThrownBy(() -> LinearPattern.compile("(?:aaaa){130}")).hasMessageContaining("its program has");
        assertThatThrownBy(() -> LinearPattern.compile("(?:" + "a".repeat(900) + "){1000}"))
                .hasMessageContaining("too long for what it repeats");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?:\\s|,)+",
                "(\\w+\\.)+",
                "\"((?:\\\\\"|[^\"]|\\\\\")*)\"",
                "(?i)^(https?://)?(www\\.)?([a-z0-9-]+)\\.(com|org|net|edu|gov|io|dev|de|fr|uk)(/.*)?$",
                "[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}",
                "[](?]x",
                "[]{]",
                "\\[\\Q[&&\\E",
                "\\x{3000}+",
                "[\\x{2028}[:alpha:]\\]]",
                "\\p{Greek}{2}",
                "(?i:a)(?<U>b)"
            })
    void whatPeopleUseIsTaken(String pattern) {
        assertThat(LinearPattern.compile(pattern)).hasToString(pattern);
    }

    /** What Java's matcher would overflow its stack with, or go on with for ever. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a|b)*",
                "(?:ab?)*",
                "(x+x+)+y",
                ".{2,}",
                "[^,]{3,}y",
                "(?:(\\pL+\\s?)+)!",
                "x{0,200}y",
                "(x?){80}y",
                "(?:a?b?c?d?e?f?){40}y",
                "b(?:\\b\\b\\b\\b){120}"
            })
    @Timeout(60)
    void longTextsNeedNoDeepStackAndComeToAnEnd(String pattern) throws Exception {
        for (String text : List.of("ab".repeat(20_000), "x".repeat(2_000), "\u00e9\ud83d\ude00".repeat(20_000))) {
            FutureTask<Integer> search = new FutureTask<>(() -> {
                LinearPattern.Search found = LinearPattern.compile(pattern).in(text);
                int matches = 0;
                while (found.find()) {
                    matches++;
                }
                return matches;
            });
            long smallStack = 256L * 1_024;
            new Thread(null, search, "search", smallStack).start();
            assertThat(search.get(60, TimeUnit.SECONDS)).isNotNegative();
        }
    }

    /** From each place on to the end of the text: linear for one search, but squared for all. */
    @Test
    void searchesThatReachTooFarTooOftenAreGivenUp() {
        LinearPattern pattern = LinearPattern.compile("x.*y|x");
        AnalysisBudget some = new AnalysisBudget(100_000_000, Long.MAX_VALUE);
        assertThatThrownBy(() -> some.share(() -> tokens(over(new PatternTokens(pattern, 0), "x".repeat(20_000)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("analysis takes more than");
    }

    /** Each of them has little to do, but all of them together. */
    @Test
    void textsOfADocumentShareTheirSteps() {
        LinearPattern pattern = LinearPattern.compile("x.*y|x");
        AnalysisBudget shared = new AnalysisBudget(100_000_000, Long.MAX_VALUE);
        assertThatThrownBy(() -> shared.<Void, IOException>share(() -> {
                    for (int text = 0; text < 100; text++) {
                        assertThat(tokens(over(new PatternTokens(pattern, 0), "x".repeat(1_000))))
                                .hasSize(1_001);
                    }
                    return null;
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("analysis takes more than");
    }

    @Test
    @Timeout(60)
    void longTextsAreNoTroubleToUsualPatterns() throws IOException {
        String text = "Some words, of which\ud83d\ude00 there are many. ".repeat(50_000);
        for (String pattern : List.of("\\W+", "[^\\p{L}\\d]{2,}", "(a|b|\\w)+")) {
            assertThat(tokens(over(new PatternTokens(LinearPattern.compile(pattern), -1), text)))
                    .hasSizeGreaterThan(1);
        }
    }

    @Test
    void aShortTextCannotBecomeAHugeOne() {
        Replacement often = new Replacement(LinearPattern.compile("a"), "b".repeat(1_000));
        assertThatThrownBy(() -> often.replace("a".repeat(10_000), true, (_, _, _) -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("longer");
        // Which would take ten billion characters before anybody counts them.
        Replacement whole = new Replacement(LinearPattern.compile("a+"), "$0".repeat(500));
        assertThatThrownBy(() -> whole.replace("a".repeat(2_000_000), true, (_, _, _) -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("longer");
    }
}
