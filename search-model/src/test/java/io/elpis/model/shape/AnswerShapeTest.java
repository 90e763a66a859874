package io.elpis.model.shape;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AnswerShapeTest {
    private static final String LIST = "[{\"index\":\"a\",\"docs\":\"1\"},{\"docs\":\"2\"}]";

    private static String shaped(String json, String... paths) {
        byte[] padded = ("##" + json + "##").getBytes(StandardCharsets.UTF_8);
        AnswerShape shape = AnswerShape.of(false, List.of(paths));
        return new String(shape.shaped(padded, 2, padded.length - 4), StandardCharsets.UTF_8);
    }

    @Test
    void elementsOfAListAreFiltered() {
        assertThat(shaped(LIST, "docs")).isEqualTo("[{\"docs\":\"1\"},{\"docs\":\"2\"}]");
        assertThat(shaped(LIST, "index")).isEqualTo("[{\"index\":\"a\"}]");
        assertThat(shaped(LIST, "-docs")).isEqualTo("[{\"index\":\"a\"},{}]");
    }

    @Test
    void bracketsStayWhereNothingElseDoes() {
        assertThat(shaped(LIST, "nothing")).isEqualTo("[]");
        assertThat(shaped("{\"a\":1}", "nothing")).isEqualTo("{}");
        assertThat(shaped("[]", "docs")).isEqualTo("[]");
    }
}
