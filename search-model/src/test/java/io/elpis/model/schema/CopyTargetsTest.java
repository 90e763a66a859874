package io.elpis.model.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopyTargetsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {} | {"a":{"type":"long","copy_to":"o"},"o":{"properties":{"x":{"type":"long"}}}} | Cannot copy to field [o] since it is mapped as an object
            {"a":{"type":"long","copy_to":"o"}} | {"o":{"type":"object"}} | Cannot copy to field [o] since it is mapped as an object
            {"a":{"type":"long","copy_to":["b","o.p"]}} | {"o.p.q":{"type":"long"}} | Cannot copy to field [o.p] since it is mapped as an object
            {"o.x":{"type":"long"}} | {"a":{"type":"long","copy_to":"o"}} | Cannot copy to field [o] since it is mapped as an object
            {} | {"a":{"type":"keyword","copy_to":"a.b","fields":{"b":{"type":"text"}}}} | [copy_to] may not be used to copy to a multi-field: [a.b]
            {"a":{"type":"long","copy_to":"t.raw"}} | {"t":{"type":"text","fields":{"raw":{"type":"keyword"}}}} | [copy_to] may not be used to copy to a multi-field: [t.raw]
            {} | {"a":{"type":"text","fields":{"b":{"type":"keyword","copy_to":"c"}}}} | [copy_to] may not be used to copy from a multi-field: [a.b]
            """)
    void whatCannotBeCopiedToIsRefusedWhicheverComesLast(String first, String second, String reason) {
        Mapping before = merge(Mapping.EMPTY, first);

        assertThatThrownBy(() -> merge(before, second))
                .isInstanceOfSatisfying(
                        ElpisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ILLEGAL_ARGUMENT))
                .hasMessage(reason);
    }

    @Test
    void fieldsCanBeCopiedToEvenBeforeTheyAreThere() {
        Mapping mapping = merge(Mapping.EMPTY, "{\"a\":{\"type\":\"long\",\"copy_to\":[\"b\",\"o.x\",\"new.y\"]}}");

        assertThat(merge(mapping, "{\"b\":{\"type\":\"text\"},\"o\":{\"properties\":{\"x\":{\"type\":\"long\"}}}}")
                        .version())
                .isEqualTo(2);
    }

    @Test
    void aTargetIsCopiedToOnceHoweverOftenItIsNamed() {
        Mapping mapping =
                merge(Mapping.EMPTY, "{\"a\":{\"type\":\"long\",\"copy_to\":[\"t\",\"b\",\"t\",\"t\",\"b\"]}}");

        assertThat(mapping.fields())
                .singleElement()
                .satisfies(field -> assertThat(field.copyTo()).containsExactly("t", "b"));
    }

    private static Mapping merge(Mapping mapping, String properties) {
        return MappingParser.merge(mapping, ("{\"properties\":" + properties + "}").getBytes(UTF_8));
    }
}
