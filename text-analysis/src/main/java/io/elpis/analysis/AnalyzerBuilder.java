package io.elpis.analysis;

import io.elpis.model.schema.AnalysisSettings;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.core.LetterTokenizer;
import org.jspecify.annotations.Nullable;

/** Builds the analyzers that settings describe. */
final class AnalyzerBuilder {
    private static final int MOST_CHAR_FILTERS = 10;
    private static final int MOST_FILTERS = 50;

    private final AnalysisSettings settings;
    private final PatternRoom patterns = new PatternRoom();

    AnalyzerBuilder(AnalysisSettings settings) {
        this.settings = settings;
    }

    Analyzer build(String name, Map<String, Object> definition) {
        Parameters parameters = new Parameters("analyzer [" + name + "]", definition, patterns);
        Object type = definition.get("type");
        if (type == null && !definition.containsKey("tokenizer")) {
            throw Parameters.mistake("analyzer [" + name + "] must specify either an analyzer type, or a tokenizer");
        }
        Analyzer analyzer = type == null || type.equals("custom")
                ? custom(name, parameters)
                : builtIn(name, type.toString(), parameters);
        parameters.requireAllRead();
        return analyzer;
    }

    private static Analyzer builtIn(String name, String type, Parameters parameters) {
        if (type.equals("pattern")) {
            return pattern(parameters);
        }
        Analyzer analyzer = BuiltInAnalyzers.create(type, parameters);
        if (analyzer == null) {
            throw Parameters.mistake("Unknown analyzer type [" + type + "] for [" + name + "]");
        }
        return analyzer;
    }

    private static Analyzer pattern(Parameters parameters) {
        var tokenizer = Tokenizers.create("pattern", parameters);
        boolean lowercase = parameters.flag("lowercase", true);
        List<UnaryOperator<TokenStream>> filters = lowercase ? List.of(LowerCaseFilter::new) : List.of();
        return new Chain(List.of(), Objects.requireNonNull(tokenizer), filters);
    }

    private Analyzer custom(String name, Parameters parameters) {
        String tokenizerName = parameters.text("tokenizer");
        if (tokenizerName == null) {
            throw Parameters.mistake("analyzer [" + name + "] must specify a tokenizer");
        }
        parameters.number("position_increment_gap", 100);
        List<UnaryOperator<Reader>> charFilters = new ArrayList<>();
        for (String filter : parts(name, "char_filter", parameters, MOST_CHAR_FILTERS)) {
            charFilters.add(charFilter(name, filter));
        }
        List<UnaryOperator<TokenStream>> filters = new ArrayList<>();
        Supplier<Tokenizer> tokenizer = tokenizer(name, tokenizerName, filters);
        for (String filter : parts(name, "filter", parameters, MOST_FILTERS)) {
            filters.add(filter(name, filter, new Chain(List.of(), tokenizer, filters)));
        }
        return new Chain(charFilters, tokenizer, filters);
    }

    private static List<String> parts(String analyzer, String kind, Parameters parameters, int most) {
        List<String> parts = parameters.texts(kind);
        if (parts.size() > most) {
            throw Parameters.mistake("analyzer [" + analyzer + "] has [" + parts.size() + "] of [" + kind
                    + "], more than [" + most + "]");
        }
        return parts;
    }

    private UnaryOperator<Reader> charFilter(String analyzer, String name) {
        Parameters parameters = part("char_filter", name, settings.charFilters());
        return found(
                analyzer,
                "char_filter",
                name,
                parameters,
                CharFilters.create(type(name, settings.charFilters()), parameters));
    }

    /** @param filters gets what the tokenizer needs behind it */
    private Supplier<Tokenizer> tokenizer(String analyzer, String name, List<UnaryOperator<TokenStream>> filters) {
        String type = type(name, settings.tokenizers());
        if (type.equals("lowercase")) {
            filters.add(LowerCaseFilter::new);
            return LetterTokenizer::new;
        }
        Parameters parameters = part("tokenizer", name, settings.tokenizers());
        return found(analyzer, "tokenizer", name, parameters, Tokenizers.create(type, parameters));
    }

    private UnaryOperator<TokenStream> filter(String analyzer, String name, Analyzer before) {
        Parameters parameters = part("filter", name, settings.filters());
        return found(
                analyzer,
                "filter",
                name,
                parameters,
                Filters.create(type(name, settings.filters()), parameters, before));
    }

    private Parameters part(String kind, String name, Map<String, Map<String, Object>> defined) {
        return new Parameters(kind + " [" + name + "]", defined.getOrDefault(name, Map.of()), patterns);
    }

    /** A part that is not defined is a type with all its parameters by default. */
    private static String type(String name, Map<String, Map<String, Object>> defined) {
        Map<String, Object> definition = defined.get(name);
        if (definition == null) {
            return name;
        }
        Object type = definition.get("type");
        if (type == null) {
            throw Parameters.mistake("[" + name + "] must have a type");
        }
        return type.toString();
    }

    private static <T> T found(String analyzer, String kind, String name, Parameters parameters, @Nullable T part) {
        if (part == null) {
            throw Parameters.mistake(
                    "Custom Analyzer [" + analyzer + "] failed to find " + kind + " under name [" + name + "]");
        }
        parameters.requireAllRead();
        return part;
    }
}
