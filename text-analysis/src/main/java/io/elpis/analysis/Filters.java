package io.elpis.analysis;

import io.elpis.analysis.Tokenizers.Grams;
import io.elpis.analysis.budget.GramTokens;
import io.elpis.analysis.budget.StackedTokens;
import io.elpis.analysis.pattern.PatternReplacingFilter;
import io.elpis.analysis.pattern.Replacement;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.cjk.CJKWidthFilter;
import org.apache.lucene.analysis.core.DecimalDigitFilter;
import org.apache.lucene.analysis.core.FlattenGraphFilter;
import org.apache.lucene.analysis.core.UpperCaseFilter;
import org.apache.lucene.analysis.de.GermanNormalizationFilter;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.KStemFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.LengthFilter;
import org.apache.lucene.analysis.miscellaneous.LimitTokenCountFilter;
import org.apache.lucene.analysis.miscellaneous.RemoveDuplicatesTokenFilter;
import org.apache.lucene.analysis.miscellaneous.SetKeywordMarkerFilter;
import org.apache.lucene.analysis.miscellaneous.TrimFilter;
import org.apache.lucene.analysis.miscellaneous.TruncateTokenFilter;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenFilter;
import org.apache.lucene.analysis.ngram.NGramTokenFilter;
import org.apache.lucene.analysis.reverse.ReverseStringFilter;
import org.apache.lucene.analysis.shingle.ShingleFilter;
import org.apache.lucene.analysis.tr.ApostropheFilter;
import org.jspecify.annotations.Nullable;

/** Token filters by the names and with the parameters OpenSearch gives them. */
final class Filters {
    private Filters() {}

    /**
     * @param before the chain up to this filter, for filters that hold texts of their own
     * @return null when there is no such filter
     */
    static @Nullable UnaryOperator<TokenStream> create(String type, Parameters parameters, Analyzer before) {
        return switch (type) {
            case "lowercase" -> LowerCaseFilter::new;
            case "uppercase" -> UpperCaseFilter::new;
            case "asciifolding" -> {
                boolean keep = parameters.flag("preserve_original", false);
                yield in -> new ASCIIFoldingFilter(in, keep);
            }
            case "stop" -> {
                CharArraySet words = StopWords.of(parameters, EnglishAnalyzer.ENGLISH_STOP_WORDS_SET);
                yield in -> new StopFilter(in, words);
            }
            case "stemmer" -> Stemmers.named(parameters.text("language", parameters.text("name", "porter")));
            case "snowball" -> Stemmers.snowball(parameters.text("language", "English"));
            case "porter_stem" -> PorterStemFilter::new;
            case "kstem" -> KStemFilter::new;
            case "keyword_marker" -> {
                CharArraySet words =
                        new CharArraySet(parameters.texts("keywords"), parameters.flag("ignore_case", false));
                yield in -> new SetKeywordMarkerFilter(in, words);
            }
            case "synonym" -> Synonyms.filter(parameters, before, true);
            case "synonym_graph" -> Synonyms.filter(parameters, before, false);
            case "flatten_graph" -> in -> new FlattenGraphFilter(new StackedTokens(in));
            case "ngram", "nGram" -> {
                Grams grams = Grams.of(parameters);
                boolean keep = parameters.flag("preserve_original", false);
                int sizes = grams.max() - grams.min() + 1;
                yield in -> new NGramTokenFilter(new GramTokens(in, sizes), grams.min(), grams.max(), keep);
            }
            case "edge_ngram", "edgeNGram" -> {
                Grams grams = Grams.of(parameters);
                boolean keep = parameters.flag("preserve_original", false);
                yield in -> new EdgeNGramTokenFilter(in, grams.min(), grams.max(), keep);
            }
            case "length" -> {
                int min = parameters.number("min", 0);
                int max = parameters.number("max", Integer.MAX_VALUE);
                if (min < 0 || max < min) {
                    throw Parameters.mistake("min [" + min + "] and max [" + max + "] do not fit together");
                }
                yield in -> new LengthFilter(in, min, max);
            }
            case "limit" -> {
                int count = atLeastOne("max_token_count", parameters.number("max_token_count", 1));
                yield in -> new LimitTokenCountFilter(in, count);
            }
            case "truncate" -> {
                int length = atLeastOne("length", parameters.number("length", 10));
                yield in -> new TruncateTokenFilter(in, length);
            }
            case "shingle" -> shingle(parameters);
            case "pattern_replace" -> {
                Replacement replacement = Patterns.replacement(parameters);
                boolean all = parameters.flag("all", true);
                yield in -> new PatternReplacingFilter(in, replacement, all);
            }
            case "trim" -> TrimFilter::new;
            case "unique" -> {
                boolean samePosition = parameters.flag("only_on_same_position", false);
                yield samePosition ? Filters::withoutDuplicates : UniqueFilter::new;
            }
            case "remove_duplicates" -> Filters::withoutDuplicates;
            case "reverse" -> ReverseStringFilter::new;
            case "apostrophe" -> ApostropheFilter::new;
            case "decimal_digit" -> DecimalDigitFilter::new;
            case "cjk_width" -> CJKWidthFilter::new;
            case "cjk_bigram" -> CJKBigramFilter::new;
            case "german_normalization" -> GermanNormalizationFilter::new;
            default -> null;
        };
    }

    private static TokenStream withoutDuplicates(TokenStream in) {
        return new RemoveDuplicatesTokenFilter(new StackedTokens(in));
    }

    private static UnaryOperator<TokenStream> shingle(Parameters parameters) {
        int min = parameters.number("min_shingle_size", 2);
        int max = parameters.number("max_shingle_size", 2);
        if (min < 2 || max < min || max > 10) {
            throw Parameters.mistake(
                    "min_shingle_size [" + min + "] and max_shingle_size [" + max + "] do not fit together");
        }
        boolean unigrams = parameters.flag("output_unigrams", true);
        return in -> {
            ShingleFilter filter = new ShingleFilter(in, min, max);
            filter.setOutputUnigrams(unigrams);
            return filter;
        };
    }

    private static int atLeastOne(String name, int value) {
        if (value < 1) {
            throw Parameters.mistake("[" + name + "] must be at least 1, got [" + value + "]");
        }
        return value;
    }
}
