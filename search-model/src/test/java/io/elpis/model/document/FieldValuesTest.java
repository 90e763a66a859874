package io.elpis.model.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.Mapping;
import io.elpis.model.schema.MappingParser;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FieldValuesTest {
    private static final Mapping MAPPING = MappingParser.parse("""
            {"properties":{"n":{"type":"long","fields":{"half":{"type":"double"}}},
              "t":{"type":"text","copy_to":["u","v"]},"u":{"type":"text"},"v":{"type":"text"}}}
            """.getBytes(UTF_8));

    private static final Mapping WHOLE =
            MappingParser.parse("{\"properties\":{\"n\":{\"type\":\"long\"}}}".getBytes(UTF_8));

    @Test
    void valuesAreCountedAsOftenAsTheyAreIndexed() {
        int most = FieldValues.MOST_VALUES / 2;

        assertThat(DocumentParser.parse(MAPPING, "1", numbers(most)).document().fields())
                .allSatisfy(field -> assertThat(field.values()).hasSize(most))
                .hasSize(2);
        assertRefused(numbers(most + 1), "Limit of [500000] values in one document has been exceeded");
    }

    /** Of which one document may have hundreds of thousands. */
    @ParameterizedTest
    @Timeout(10)
    @CsvSource({
        "1e-50000000,   0",
        "-9.9e-2147483000, 0",
        "0e2147483647,  0",
        "99e-1,         9",
        "1e2147483648,",
        "-1e999999999,",
        "1e19,",
    })
    void numbersOfAnyMagnitudeAreReadAtOnce(String number, @Nullable Long whole) {
        for (String written : List.of(number, "\"" + number + "\"")) {
            byte[] source = ("{\"n\":" + written + "}").getBytes(UTF_8);
            if (whole == null) {
                assertThatThrownBy(() -> DocumentParser.parse(WHOLE, "1", source))
                        .isInstanceOf(ElpisException.class)
                        .hasMessageContaining("failed to parse field [n] of type [long]");
            } else {
                assertThat(DocumentParser.parse(WHOLE, "1", source)
                                .document()
                                .fields()
                                .getFirst()
                                .values())
                        .containsExactly(new FieldValue.Whole(whole));
            }
        }
    }

    @Test
    @Timeout(10)
    void numbersOfVeryManyDigitsAreRefusedAtOnce() {
        String digits = "1".repeat(4_000_000);

        assertThatThrownBy(() -> DocumentParser.parse(WHOLE, "1", ("{\"n\":\"" + digits + "\"}").getBytes(UTF_8)))
                .isInstanceOf(ElpisException.class)
                .hasMessageContaining("failed to parse field [n] of type [long]");
        assertThatThrownBy(() -> MappingParser.parse(
                        ("{\"properties\":{\"n\":{\"type\":\"long\",\"null_value\":\"" + digits + "\"}}}")
                                .getBytes(UTF_8)))
                .isInstanceOf(ElpisException.class)
                .hasMessageContaining("Failed to parse [null_value]");
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
