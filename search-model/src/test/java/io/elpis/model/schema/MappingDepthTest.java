package io.elpis.model.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.document.DocumentParser;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MappingDepthTest {
    @ParameterizedTest
    @ValueSource(ints = {20, 30, 20_000})
    void pointsInANameCountAsObjects(int points) {
        assertThatThrownBy(() -> parse(dotted(points)))
                .isInstanceOfSatisfying(
                        ElpisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ILLEGAL_ARGUMENT))
                .hasMessage("Limit of mapping depth [20] has been exceeded due to object field ["
                        + String.join(".", Collections.nCopies(20, "a")) + "]");
    }

    @Test
    void whatIsNotTooDeepDocumentsCanFill() {
        Mapping mapping = parse(dotted(19));

        String path = "a.".repeat(19) + "a";
        byte[] document = ("{\"" + path + "\":1}").getBytes(UTF_8);
        assertThat(mapping.field(path)).isNotNull();
        assertThat(DocumentParser.parse(mapping, "7", document).document().fields())
                .hasSize(1);
    }

    @Test
    void aDeeperMappingFromBeforeTheLimitCanStillBeRead() {
        Mapping old = MappingParser.readStored(("{\"version\":1,\"next_field_number\":2,\"mapping\":"
                        + "{\"properties\":{\"a\":".repeat(30) + "{\"type\":\"long\",\"_number\":1}" + "}}".repeat(30)
                        + "}")
                .getBytes(UTF_8));

        assertThat(old.fields()).hasSize(1);
        assertThat(MappingParser.merge(old, "{\"properties\":{\"b\":{\"type\":\"long\"}}}".getBytes(UTF_8))
                        .fields())
                .hasSize(2);
    }

    private static String dotted(int points) {
        return "{\"properties\":{\"" + "a.".repeat(points) + "a\":{\"type\":\"long\"}}}";
    }

    private static Mapping parse(String json) {
        return MappingParser.parse(json.getBytes(UTF_8));
    }
}
