package io.elpis.analysis;

import io.elpis.analysis.pattern.LinearPattern;
import io.elpis.analysis.pattern.Replacement;

/** The parameters of parts that work by regular expressions: {@code pattern} and {@code replacement}. */
final class Patterns {
    private Patterns() {}

    static LinearPattern pattern(Parameters parameters, String plain) {
        String text = parameters.text("pattern", plain);
        try {
            return parameters.patterns().compile(text);
        } catch (IllegalArgumentException e) {
            throw Parameters.mistake("bad pattern [" + text + "]: " + e.getMessage());
        }
    }

    static Replacement replacement(Parameters parameters) {
        LinearPattern pattern = pattern(parameters, "");
        String text = parameters.text("replacement", "");
        try {
            return new Replacement(pattern, text);
        } catch (IllegalArgumentException e) {
            throw Parameters.mistake("bad replacement [" + text + "] for pattern [" + pattern + "]: " + e.getMessage());
        }
    }
}
