package io.elpis.model.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldNamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"%s", "o.%s", "%s.a", "o.%s.b", "p.%s"})
    void namesHaveALength(String path) {
        Mapping before = MappingParser.parse("{\"properties\":{\"p\":{\"type\":\"object\"}}}".getBytes(UTF_8));
        int rest = 1_000 - (path.length() - 2);

        assertThat(merge(before, field(path.formatted("x".repeat(rest)))).totalFields())
                .isGreaterThan(1);
        assertRefused(() -> merge(before, field(path.formatted("x".repeat(rest + 1)))))
                .hasMessageMatching(
                        "Field name \\[[opx.]{100}\\.\\.\\.] is longer than the limit of \\[1000] characters");
    }

    @Test
    void namesOfMultiFieldsHaveOneOfTheirOwn() {
        String field = "{\"properties\":{\"%s\":{\"type\":\"text\",\"fields\":{\"%s\":{\"type\":\"keyword\"}}}}}";

        assertThat(merge(Mapping.EMPTY, field.formatted("x".repeat(1_000), "keyword"))
                        .totalFields())
                .isEqualTo(2);
        assertRefused(() -> merge(Mapping.EMPTY, field.formatted("x", "k".repeat(1_001))));
    }

    @Test
    void aNameThatWasLongerBeforeStays() {
        String name = "x".repeat(2_000);
        Mapping old = MappingParser.readStored(("{\"version\":1,\"next_field_number\":2,\"mapping\":{\"properties\":{\""
                        + name + "\":{\"type\":\"long\",\"_number\":1}}}}")
                .getBytes(UTF_8));

        assertThat(merge(old, "{\"properties\":{\"" + name + "\":{\"type\":\"long\"},\"y\":{\"type\":\"long\"}}}")
                        .fields())
                .hasSize(2);
    }

    private static String field(String path) {
        return "{\"properties\":{\"" + path + "\":{\"type\":\"long\"}}}";
    }

    private static Mapping merge(Mapping mapping, String json) {
        return MappingParser.merge(mapping, json.getBytes(UTF_8));
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ElpisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ILLEGAL_ARGUMENT));
    }
}
