package io.elpis.analysis;

import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.de.GermanLightStemFilter;
import org.apache.lucene.analysis.en.EnglishMinimalStemFilter;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.KStemFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.es.SpanishLightStemFilter;
import org.apache.lucene.analysis.fi.FinnishLightStemFilter;
import org.apache.lucene.analysis.fr.FrenchLightStemFilter;
import org.apache.lucene.analysis.it.ItalianLightStemFilter;
import org.apache.lucene.analysis.pt.PortugueseLightStemFilter;
import org.apache.lucene.analysis.ru.RussianLightStemFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.sv.SwedishLightStemFilter;

/** Stemmers by the names OpenSearch gives them. */
final class Stemmers {
    private static final Set<String> SNOWBALL = Set.of(
            "Arabic",
            "Armenian",
            "Basque",
            "Catalan",
            "Danish",
            "Dutch",
            "English",
            "Estonian",
            "Finnish",
            "French",
            "German",
            "Hungarian",
            "Irish",
            "Italian",
            "Lithuanian",
            "Norwegian",
            "Porter",
            "Portuguese",
            "Romanian",
            "Russian",
            "Spanish",
            "Swedish",
            "Turkish");

    private Stemmers() {}

    static UnaryOperator<TokenStream> named(String name) {
        return switch (name) {
            case "english", "porter" -> PorterStemFilter::new;
            case "porter2" -> snowball("English");
            case "light_english", "kstem" -> KStemFilter::new;
            case "minimal_english" -> EnglishMinimalStemFilter::new;
            case "possessive_english" -> EnglishPossessiveFilter::new;
            case "light_german" -> GermanLightStemFilter::new;
            case "light_french" -> FrenchLightStemFilter::new;
            case "light_spanish" -> SpanishLightStemFilter::new;
            case "light_italian" -> ItalianLightStemFilter::new;
            case "light_portuguese" -> PortugueseLightStemFilter::new;
            case "light_russian" -> RussianLightStemFilter::new;
            case "light_swedish" -> SwedishLightStemFilter::new;
            case "light_finnish" -> FinnishLightStemFilter::new;
            default -> snowball(name);
        };
    }

    static UnaryOperator<TokenStream> snowball(String language) {
        String name = language.isEmpty()
                ? language
                : language.substring(0, 1).toUpperCase(Locale.ROOT) + language.substring(1);
        if (!SNOWBALL.contains(name)) {
            throw Parameters.mistake("Invalid stemmer language [" + language + "]");
        }
        return in -> new SnowballFilter(in, name);
    }
}
