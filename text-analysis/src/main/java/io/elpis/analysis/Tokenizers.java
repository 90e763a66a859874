package io.elpis.analysis;

import io.elpis.analysis.pattern.LinearPattern;
import io.elpis.analysis.pattern.PatternTokens;
import java.util.List;
import java.util.function.Supplier;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.core.KeywordTokenizer;
import org.apache.lucene.analysis.core.LetterTokenizer;
import org.apache.lucene.analysis.core.WhitespaceTokenizer;
import org.apache.lucene.analysis.email.UAX29URLEmailTokenizer;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenizer;
import org.apache.lucene.analysis.ngram.NGramTokenizer;
import org.apache.lucene.analysis.path.PathHierarchyTokenizer;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.jspecify.annotations.Nullable;

/** Tokenizers by the names and with the parameters OpenSearch gives them. */
final class Tokenizers {
    private Tokenizers() {}

    /** Null when there is no such tokenizer. */
    static @Nullable Supplier<Tokenizer> create(String type, Parameters parameters) {
        return switch (type) {
            case "standard" -> {
                int longest = parameters.number("max_token_length", 255);
                yield () -> {
                    StandardTokenizer tokenizer = new StandardTokenizer();
                    tokenizer.setMaxTokenLength(longest);
                    return tokenizer;
                };
            }
            case "whitespace" -> {
                int longest = parameters.number("max_token_length", 255);
                yield () -> new WhitespaceTokenizer(longest);
            }
            case "keyword" -> KeywordTokenizer::new;
            case "letter" -> LetterTokenizer::new;
            case "uax_url_email" -> UAX29URLEmailTokenizer::new;
            case "path_hierarchy" -> PathHierarchyTokenizer::new;
            case "pattern" -> pattern(parameters);
            case "ngram", "nGram" -> nGram(parameters);
            case "edge_ngram", "edgeNGram" -> edgeNGram(parameters);
            default -> null;
        };
    }

    private static Supplier<Tokenizer> pattern(Parameters parameters) {
        LinearPattern pattern = Patterns.pattern(parameters, "\\W+");
        int group = parameters.number("group", -1);
        if (group > pattern.groups()) {
            throw Parameters.mistake("[group] is [" + group + "], but [" + pattern + "] has only " + pattern.groups());
        }
        return () -> new PatternTokens(pattern, group);
    }

    private static Supplier<Tokenizer> nGram(Parameters parameters) {
        Grams grams = Grams.of(parameters);
        List<TokenChars> chars = TokenChars.of(parameters);
        return () -> new NGramTokenizer(grams.min(), grams.max()) {
            @Override
            protected boolean isTokenChar(int chr) {
                return TokenChars.any(chars, chr);
            }
        };
    }

    private static Supplier<Tokenizer> edgeNGram(Parameters parameters) {
        Grams grams = Grams.of(parameters);
        List<TokenChars> chars = TokenChars.of(parameters);
        return () -> new EdgeNGramTokenizer(grams.min(), grams.max()) {
            @Override
            protected boolean isTokenChar(int chr) {
                return TokenChars.any(chars, chr);
            }
        };
    }

    /** Shortest and longest n-gram. */
    record Grams(int min, int max) {
        /** Lucene's filters make room for so many characters at once. */
        private static final int LONGEST = 1_000;

        static Grams of(Parameters parameters) {
            int min = parameters.number("min_gram", 1);
            int max = parameters.number("max_gram", 2);
            if (min < 1 || max < min || max - min > 30 || max > LONGEST) {
                throw Parameters.mistake("min_gram [" + min + "] and max_gram [" + max + "] do not fit together");
            }
            return new Grams(min, max);
        }
    }

    /** Kinds of characters that n-grams are made of; all others separate. */
    private enum TokenChars {
        LETTER,
        DIGIT,
        WHITESPACE,
        PUNCTUATION,
        SYMBOL;

        static List<TokenChars> of(Parameters parameters) {
            return parameters.texts("token_chars").stream()
                    .map(TokenChars::named)
                    .toList();
        }

        private static TokenChars named(String name) {
            for (TokenChars kind : values()) {
                if (kind.name().equalsIgnoreCase(name)) {
                    return kind;
                }
            }
            throw Parameters.mistake("Unknown type: '" + name + "' in [token_chars]");
        }

        static boolean any(List<TokenChars> kinds, int codePoint) {
            return kinds.isEmpty() || kinds.stream().anyMatch(kind -> kind.holds(codePoint));
        }

        private boolean holds(int codePoint) {
            return switch (this) {
                case LETTER -> Character.isLetter(codePoint);
                case DIGIT -> Character.isDigit(codePoint);
                case WHITESPACE -> Character.isWhitespace(codePoint);
                case PUNCTUATION ->
                    switch (Character.getType(codePoint)) {
                        case Character.START_PUNCTUATION,
                                Character.END_PUNCTUATION,
                                Character.OTHER_PUNCTUATION,
                                Character.CONNECTOR_PUNCTUATION,
                                Character.DASH_PUNCTUATION,
                                Character.INITIAL_QUOTE_PUNCTUATION,
                                Character.FINAL_QUOTE_PUNCTUATION -> true;
                        default -> false;
                    };
                case SYMBOL ->
                    switch (Character.getType(codePoint)) {
                        case Character.CURRENCY_SYMBOL,
                                Character.MATH_SYMBOL,
                                Character.OTHER_SYMBOL,
                                Character.MODIFIER_SYMBOL -> true;
                        default -> false;
                    };
            };
        }
    }
}
