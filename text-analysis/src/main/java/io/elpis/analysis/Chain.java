package io.elpis.analysis;

import io.elpis.analysis.budget.LimitedText;
import io.elpis.analysis.budget.PassingTokens;
import java.io.Reader;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;

/** An analyzer put together from its parts, none of which may make of a text what it likes. */
final class Chain extends Analyzer {
    private final List<UnaryOperator<Reader>> charFilters;
    private final Supplier<Tokenizer> tokenizer;
    private final List<UnaryOperator<TokenStream>> filters;

    Chain(
            List<UnaryOperator<Reader>> charFilters,
            Supplier<Tokenizer> tokenizer,
            List<UnaryOperator<TokenStream>> filters) {
        this.charFilters = List.copyOf(charFilters);
        this.tokenizer = tokenizer;
        this.filters = List.copyOf(filters);
    }

    @Override
    protected TokenStreamComponents createComponents(String fieldName) {
        Tokenizer source = tokenizer.get();
        TokenStream sink = new PassingTokens(source);
        for (UnaryOperator<TokenStream> filter : filters) {
            sink = new PassingTokens(filter.apply(sink));
        }
        return new TokenStreamComponents(source, sink);
    }

    @Override
    protected Reader initReader(String fieldName, Reader reader) {
        Reader filtered = reader;
        for (UnaryOperator<Reader> filter : charFilters) {
            filtered = LimitedText.of(filtered, filter);
        }
        return filtered;
    }
}
