package io.elpis.model.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.Mapping;
import io.elpis.model.schema.MappingParser;
import org.junit.jupiter.api.Test;

final class FieldValuesTest {
    private static final Mapping MAPPING = MappingParser.parse("""
            {"properties":{"n":{"type":"long","fields":{"half":{"type":"double"}}},
              "t":{"type":"text","copy_to":["u","v"]},"u":{"type":"text"},"v":{"type":"text"}}}
            """.getBytes(UTF_8));

    @Test
    void valuesAreCountedAsOftenAsTheyAreIndexed() {
        int most = FieldValues.MOST_VALUES / 2;

        assertThat(DocumentParser.parse(MAPPING, "1", numbers(most)).document().fields())
                .allSatisfy(field -> assertThat(field.values()).hasSize(most))
                .hasSize(2);
        assertRefused(numbers(most + 1), "Limit of [500000] values in one document has been exceeded");
    }

    @Test
    void charactersAreCountedAsOftenAsTheyAreIndexed() {
        int most = FieldValues.MOST_CHARACTERS / 3;

        assertThat(DocumentParser.parse(MAPPING, "1", text(most)).document().fields())
                .hasSize(3);
        assertRefused(text(most + 1), "Limit of [50000000] characters in the texts of one document");
    }

    private static void assertRefused(byte[] source, String reason) {
        assertThatThrownBy(() -> DocumentParser.parse(MAPPING, "1", source))
                .isInstanceOfSatisfying(ElpisException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.MAPPER_PARSING);
                    assertThat(e.getMessage()).contains(reason).contains("by field [");
                });
    }

    private static byte[] numbers(int count) {
        return ("{\"n\":[7" + ",7".repeat(count - 1) + "]}").getBytes(UTF_8);
    }

    private static byte[] text(int length) {
        return ("{\"t\":\"" + "x".repeat(length) + "\"}").getBytes(UTF_8);
    }
}
