package io.elpis.analysis;

import io.elpis.analysis.pattern.PatternReplacingReader;
import io.elpis.analysis.pattern.Replacement;
import java.io.Reader;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.charfilter.HTMLStripCharFilter;
import org.apache.lucene.analysis.charfilter.MappingCharFilter;
import org.apache.lucene.analysis.charfilter.NormalizeCharMap;
import org.jspecify.annotations.Nullable;

/** Character filters by the names and with the parameters OpenSearch gives them. */
final class CharFilters {
    private static final int LONGEST_REPLACEMENT = 256;

    private CharFilters() {}

    /** Null when there is no such filter. */
    static @Nullable UnaryOperator<Reader> create(String type, Parameters parameters) {
        return switch (type) {
            case "html_strip" -> HTMLStripCharFilter::new;
            case "mapping" -> mapping(parameters.texts("mappings"));
            case "pattern_replace" -> {
                Replacement replacement = Patterns.replacement(parameters);
                yield in -> new PatternReplacingReader(replacement, in);
            }
            default -> null;
        };
    }

    private static UnaryOperator<Reader> mapping(List<String> rules) {
        NormalizeCharMap.Builder map = new NormalizeCharMap.Builder();
        for (String rule : rules) {
            String[] sides = rule.split("=>", 2);
            if (sides.length != 2 || sides[0].isBlank()) {
                throw Parameters.mistake("Invalid mapping rule : [" + rule + "]");
            }
            String replacement = sides[1].strip();
            if (replacement.length() > LONGEST_REPLACEMENT) {
                throw Parameters.mistake(
                        "Invalid mapping rule for [" + sides[0].strip() + "]: what it is replaced with has ["
                                + replacement.length() + "] characters, more than [" + LONGEST_REPLACEMENT + "]");
            }
            map.add(sides[0].strip(), replacement);
        }
        NormalizeCharMap built = map.build();
        return in -> new MappingCharFilter(built, in);
    }
}
