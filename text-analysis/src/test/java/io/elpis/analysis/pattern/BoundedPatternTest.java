package io.elpis.analysis.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.core.KeywordTokenizer;
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

final class BoundedPatternTest {
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
            "(?<=[a-z])(?=[A-Z])",
            "(?i)ONE|two",
            "x*",
            "^",
            "$",
            "\\b",
            "(a)(b)?",
            "(a|b)*+",
            "(?:ab){1,3}",
            "[^\\p{L}&&[^ ]]",
            "\\Q((\\E",
            "(.)\\1");

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
            BoundedPattern bounded = BoundedPattern.compile(pattern);
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
        Replacement replacement = new Replacement(BoundedPattern.compile("^"), "so ");
        assertThat(tokens(over(
                        new WhitespaceTokenizer(), new PatternReplacingReader(replacement, new StringReader("it is")))))
                .containsExactly("so 0-0 +1", "it 0-2 +1", "is 3-5 +1", "end 5");
    }

    @Test
    void replacementsAreThoseOfLucene() throws IOException {
        for (String pattern : PATTERNS) {
            Pattern java = Pattern.compile(pattern);
            BoundedPattern bounded = BoundedPattern.compile(pattern);
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
                "(a|b)*",
                "(x+x+)+y",
                "(?:ab)+?",
                "((a){20}){20}",
                "(a){201}",
                "(a){3,}",
                "([)]|b)*",
                "((a|b)*)*+",
                "(?x)( a # )\n)"
            })
    void whatWouldTakeAStackThatGrowsWithTheTextIsRefused(String pattern) {
        assertThatThrownBy(() -> BoundedPattern.compile(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not supported");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a|b)*+", "(a|b)?", "\\(*", "[(]*", "\\Q(a)*\\E", "((a){10}){20}", "[\\])]+", "(?<n>a)b*"})
    void whatDoesNotIsTaken(String pattern) {
        assertThat(BoundedPattern.compile(pattern)).hasToString(pattern);
    }

    /** Of which Java's matcher would try every combination, and never look at the text. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?:|)",
                "(a?)?",
                "\\b?",
                "(?:a?|b?)",
                "(?:^|$)",
                "(|\\u0041?)",
                "(?:\\1|())",
                "(?:\\p{L}?|\\x41*)",
                "(?=|)",
                "$*",
                "(?:\\Qa\\E?|(?i)|(?<n0>)?)"
            })
    void choicesThatTakeNothingAreBounded(String choice) {
        StringBuilder many = new StringBuilder("()x?");
        for (int each = 0; each < 30; each++) {
            many.append(choice.replace("n0", "n" + each));
        }
        assertThatThrownBy(() -> BoundedPattern.compile(many + "y"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("may take no character");
        assertThat(BoundedPattern.compile("()x?" + choice + "y").groups()).isPositive();
    }

    @Test
    void whatPeopleUseIsTaken() {
        BoundedPattern.compile("([^\\p{L}\\d]+)|(?<=\\D)(?=\\d)|(?<=\\d)(?=\\D)|(?<=[\\p{L}&&[^\\p{Lu}]])(?=\\p{Lu})"
                + "|(?<=\\p{Lu})(?=\\p{Lu}[\\p{L}&&[^\\p{Lu}]])");
        BoundedPattern.compile("(?i)^(https?://)?(www\\.)?([a-z0-9-]+)\\.(com|org|net|edu|gov|io|dev|de|fr|uk)(/.*)?$");
        BoundedPattern.compile("(\\d{1,4})-(\\d{1,2})-(\\d{1,2})(?:T\\d\\d:\\d\\d(?::\\d\\d)?)?");
    }

    /** Whatever is taken comes to an end, with a result or without. */
    @Test
    @Timeout(120)
    void everySearchOfAPatternThatIsTakenEnds() {
        Random random = new Random(20_261_127);
        int taken = 0;
        for (int round = 0; round < 20_000; round++) {
            String pattern = RandomPatterns.next(random, 4);
            BoundedPattern bounded;
            try {
                bounded = BoundedPattern.compile(pattern);
            } catch (IllegalArgumentException refused) {
                continue;
            }
            taken++;
            for (String text :
                    List.of("", "a", "ab\n", "aaaaaaaaaaaaaaaaaaaaaaaaab", "b".repeat(40) + "\ud83d\ude00a")) {
                BoundedPattern.Search search = bounded.in(text);
                long begin = System.nanoTime();
                try {
                    for (int found = 0; found < 100 && search.find(); found++) {
                        assertThat(search.end()).isBetween(search.start(), text.length());
                    }
                } catch (IllegalArgumentException tooMuch) {
                    assertThat(tooMuch).hasMessageContaining("takes too many steps");
                }
                assertThat(Duration.ofNanos(System.nanoTime() - begin))
                        .as("%s in %s", pattern, text)
                        .isLessThan(Duration.ofSeconds(20));
            }
        }
        assertThat(taken).isGreaterThan(5_000);
    }

    /** With Java's own it would not come to an end in the lifetime of anybody. */
    @Test
    @Timeout(60)
    void aSearchEndsAfterSoManySteps() {
        BoundedPattern pattern = BoundedPattern.compile("x*x*x*x*x*x*x*x*y");
        long begin = System.nanoTime();
        assertThatThrownBy(() -> tokens(over(new PatternTokens(pattern, -1), "x".repeat(5_000))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("takes too many steps on a text of [5000] characters");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    @Timeout(60)
    void longTextsAreNoTroubleToUsualPatterns() throws IOException {
        String text = "Some words, of which\ud83d\ude00 there are many. ".repeat(100_000);
        for (String pattern : List.of("\\W+", "[^\\p{L}\\d]{2,}", "(?<=[a-z])(?=[A-Z])", "(a|b|\\w)++")) {
            assertThat(tokens(over(new PatternTokens(BoundedPattern.compile(pattern), -1), text)))
                    .hasSizeGreaterThan(1);
        }
        Replacement replacement = new Replacement(BoundedPattern.compile("(?s).+?(?=w)"), "");
        assertThat(tokens(
                        over(new KeywordTokenizer(), new PatternReplacingReader(replacement, new StringReader(text)))))
                .isNotEmpty();
    }

    @Test
    void aShortTextCannotBecomeAHugeOne() {
        Replacement replacement = new Replacement(BoundedPattern.compile("a"), "b".repeat(1_000));
        assertThatThrownBy(() -> replacement.replace("a".repeat(10_000), true, (_, _, _) -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("longer");
    }
}
