package io.elpis.analysis;

import io.elpis.analysis.budget.StackedTokens;
import java.io.IOException;
import java.io.StringReader;
import java.text.ParseException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.core.FlattenGraphFilter;
import org.apache.lucene.analysis.synonym.SolrSynonymParser;
import org.apache.lucene.analysis.synonym.SynonymGraphFilter;
import org.apache.lucene.analysis.synonym.SynonymMap;

/** Synonyms listed in the settings, in Solr's form: {@code a, b => c} or {@code a, b, c}. */
final class Synonyms {
    private Synonyms() {}

    /** @param flat positions in a row, as an index needs them */
    static UnaryOperator<TokenStream> filter(Parameters parameters, Analyzer before, boolean flat) {
        List<String> rules = parameters.texts("synonyms");
        boolean expand = parameters.flag("expand", true);
        if (rules.isEmpty()) {
            throw Parameters.mistake("synonym requires `synonyms` to be configured");
        }
        SynonymMap synonyms = parse(rules, expand, before);
        if (synonyms.fst == null) {
            return UnaryOperator.identity();
        }
        return flat
                ? in -> new FlattenGraphFilter(new StackedTokens(new SynonymGraphFilter(in, synonyms, false)))
                : in -> new SynonymGraphFilter(in, synonyms, false);
    }

    private static SynonymMap parse(List<String> rules, boolean expand, Analyzer before) {
        SolrSynonymParser parser = new BoundedSynonyms(expand, before);
        try {
            parser.parse(new StringReader(String.join("\n", rules)));
            return parser.build();
        } catch (ParseException e) {
            Throwable cause = e.getCause();
            throw Parameters.mistake("failed to build synonyms: " + (cause == null ? e : cause).getMessage());
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
    }
}
