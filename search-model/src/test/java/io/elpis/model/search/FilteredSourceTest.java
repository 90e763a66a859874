package io.elpis.model.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.model.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilteredSourceTest {
    private static final String SOURCE = """
            {"a": 1.10, "b":{"c":"x\\n","d":[1,{"e":2}], "f":{}},"g":[{"h":1,"i":2},{"h":3}],"\\u00e4":"\u00f6","n":null}""";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', nullValues = "-", textBlock = """
            a       | -     | {"a":1.10}
            b       | b.d   | {"b":{"c":"x\\n","f":{}}}
            b.c,g.h | -     | {"b":{"c":"x\\n"},"g":[{"h":1},{"h":3}]}
            *.e     | -     | {"b":{"d":[{"e":2}]}}
            g*      | *.h   | {"g":[{"i":2},{}]}
            -       | b,g,n | {"a":1.10,"ä":"ö"}
            ä,n     | -     | {"ä":"ö","n":null}
            z.y     | -     | {}
            -       | *     | {}
            """)
    void keepsWhatTheFilterWants(String includes, String excludes, String expected) {
        SourceFilter filter = new SourceFilter(true, list(includes), list(excludes));

        String filtered = filtered(filter, SOURCE);

        assertThat(filtered).isEqualTo(expected);
        assertThat(Json.tree(filtered.getBytes(UTF_8)).isObject()).isTrue();
    }

    @Test
    void wholeSourcePassesUntouched() {
        assertThat(filtered(SourceFilter.ALL, SOURCE)).isEqualTo(SOURCE);
        assertThat(filtered(SourceFilter.NONE, SOURCE)).isEmpty();
    }

    @Test
    void manyStarsCostLittle() {
        SourceFilter filter = new SourceFilter(true, List.of("*a*a*a*a*a*a*a*a*a*a*b"), List.of());

        assertThat(filtered(filter, "{\"" + "a".repeat(5000) + "\":1}")).isEqualTo("{}");
    }

    /** From the midst of a larger array, as stored fields are read. */
    private static String filtered(SourceFilter filter, String source) {
        byte[] bytes = ("{\"x\":" + source + "}").getBytes(UTF_8);
        return new String(FilteredSource.of(filter, bytes, 5, bytes.length - 6), UTF_8);
    }

    private static List<String> list(String text) {
        return text == null ? List.of() : List.of(text.split(","));
    }
}
