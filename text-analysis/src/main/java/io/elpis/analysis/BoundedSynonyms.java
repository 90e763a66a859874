package io.elpis.analysis;

import io.elpis.analysis.budget.AnalysisBudget;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.synonym.SolrSynonymParser;
import org.apache.lucene.analysis.synonym.SynonymMap;
import org.apache.lucene.util.CharsRef;

/**
 * Reads synonyms, but not so many for one word that the word alone would fill the memory, and charges the budget for
 * each: a rule may stand for the square of what it lists.
 */
final class BoundedSynonyms extends SolrSynonymParser {
    /** What a pair takes beside its words, in characters. */
    private static final int PAIR = 50;

    private static final int MOST_OF_ONE = 1_000;
    private static final int MOST_WORDS = 100;

    private final Map<CharsRef, Integer> counts = new HashMap<>();
    private final AnalysisBudget budget = AnalysisBudget.current();

    BoundedSynonyms(boolean expand, Analyzer analyzer) {
        super(true, expand, analyzer);
    }

    /** @throws IllegalArgumentException when it is one too many */
    @Override
    public void add(CharsRef input, CharsRef output, boolean includeOriginal) {
        budget.keep(PAIR + input.length + output.length);
        require(words(output), MOST_WORDS, "words in a synonym of", input);
        require(counts.merge(CharsRef.deepCopyOf(input), 1, Integer::sum), MOST_OF_ONE, "synonyms of", input);
        super.add(input, output, includeOriginal);
    }

    private static int words(CharsRef text) {
        return 1
                + (int) text.chars()
                        .filter(one -> one == SynonymMap.WORD_SEPARATOR)
                        .count();
    }

    private static void require(int count, int most, String what, CharSequence where) {
        if (count > most) {
            throw new IllegalArgumentException("more than [" + most + "] " + what + " ["
                    + where.toString().replace(SynonymMap.WORD_SEPARATOR, ' ') + "]");
        }
    }
}
