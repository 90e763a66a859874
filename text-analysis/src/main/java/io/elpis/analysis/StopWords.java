package io.elpis.analysis;

import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;

/** Words that analysis leaves out: listed, or by the name of a language. */
final class StopWords {
    private static final Map<String, CharArraySet> NAMED = Map.ofEntries(
            Map.entry("_none_", CharArraySet.EMPTY_SET),
            Map.entry("_english_", EnglishAnalyzer.ENGLISH_STOP_WORDS_SET),
            Map.entry("_danish_", DanishAnalyzer.getDefaultStopSet()),
            Map.entry("_german_", GermanAnalyzer.getDefaultStopSet()),
            Map.entry("_spanish_", SpanishAnalyzer.getDefaultStopSet()),
            Map.entry("_finnish_", FinnishAnalyzer.getDefaultStopSet()),
            Map.entry("_french_", FrenchAnalyzer.getDefaultStopSet()),
            Map.entry("_hungarian_", HungarianAnalyzer.getDefaultStopSet()),
            Map.entry("_italian_", ItalianAnalyzer.getDefaultStopSet()),
            Map.entry("_dutch_", DutchAnalyzer.getDefaultStopSet()),
            Map.entry("_norwegian_", NorwegianAnalyzer.getDefaultStopSet()),
            Map.entry("_portuguese_", PortugueseAnalyzer.getDefaultStopSet()),
            Map.entry("_russian_", RussianAnalyzer.getDefaultStopSet()),
            Map.entry("_swedish_", SwedishAnalyzer.getDefaultStopSet()));

    private StopWords() {}

    /** @param plain where the parameters name none */
    static CharArraySet of(Parameters parameters, CharArraySet plain) {
        if (!parameters.has("stopwords")) {
            return plain;
        }
        return of(parameters.texts("stopwords"), parameters.flag("ignore_case", false));
    }

    private static CharArraySet of(List<String> words, boolean ignoreCase) {
        CharArraySet set = new CharArraySet(Math.max(8, words.size()), ignoreCase);
        for (String word : words) {
            if (word.startsWith("_") && word.endsWith("_")) {
                CharArraySet named = NAMED.get(word);
                if (named == null) {
                    throw Parameters.mistake("unknown stop words [" + word + "]");
                }
                set.addAll(named);
            } else {
                set.add(word);
            }
        }
        return set;
    }
}
