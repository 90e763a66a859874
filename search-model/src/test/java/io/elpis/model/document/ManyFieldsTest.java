package io.elpis.model.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.Mapping;
import org.junit.jupiter.api.Test;

/** Documents that bring more fields than the mapping may have. */
class ManyFieldsTest {
    private static final Mapping ONE = parse(Mapping.EMPTY, "{\"there\":1}", 1);

    @Test
    void theRestOfADocumentIsNotReadOnceItHasTooMany() {
        assertThatThrownBy(() -> parse(ONE, "{\"a\":1,\"b\":1,\"c\":1, no JSON", 3))
                .isInstanceOfSatisfying(
                        ElpisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ILLEGAL_ARGUMENT))
                .hasMessage("Limit of total fields [3] has been exceeded");
        assertThat(parse(ONE, "{\"a\":1,\"b\":1,\"there\":1}", 3).fields()).hasSize(3);
    }

    @Test
    void multiFieldsCount() {
        assertThatThrownBy(() -> parse(ONE, "{\"a\":\"text\"}", 2))
                .hasMessage("Limit of total fields [2] has been exceeded");
    }

    /** The limit may have been lowered. */
    @Test
    void fieldsThatAreThereAreFilledWhateverTheLimit() {
        assertThat(parse(ONE, "{\"there\":2}", 0)).isSameAs(ONE);
    }

    private static Mapping parse(Mapping mapping, String document, int limit) {
        byte[] bytes = document.getBytes(UTF_8);
        return DocumentParser.parse(mapping, "7", bytes, 0, bytes.length, limit).mapping();
    }
}
