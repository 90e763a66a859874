package io.elpis.analysis;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.analysis.core.SimpleAnalyzer;
import org.apache.lucene.analysis.core.StopAnalyzer;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.jspecify.annotations.Nullable;

/** The analyzers that every index has, and that settings may take with parameters of their own. */
final class BuiltInAnalyzers {
    private BuiltInAnalyzers() {}

    /** Null when there is no such analyzer. */
    static @Nullable Analyzer create(String type, Parameters parameters) {
        return switch (type) {
            case "standard" -> standard(parameters);
            case "simple" -> new SimpleAnalyzer();
            case "whitespace" -> new WhitespaceAnalyzer();
            case "keyword" -> new KeywordAnalyzer();
            case "stop" -> new StopAnalyzer(StopWords.of(parameters, EnglishAnalyzer.ENGLISH_STOP_WORDS_SET));
            default -> Languages.analyzer(type, parameters);
        };
    }

    private static Analyzer standard(Parameters parameters) {
        StandardAnalyzer analyzer = new StandardAnalyzer(StopWords.of(parameters, CharArraySet.EMPTY_SET));
        analyzer.setMaxTokenLength(parameters.number("max_token_length", StandardAnalyzer.DEFAULT_MAX_TOKEN_LENGTH));
        return analyzer;
    }
}
