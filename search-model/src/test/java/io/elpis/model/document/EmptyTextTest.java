package io.elpis.model.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.error.ElpisException;
import io.elpis.model.schema.Mapping;
import io.elpis.model.schema.MappingParser;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An empty text in a field of numbers is null, as far as the field takes texts. */
class EmptyTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"long", "integer", "short", "byte"})
    void anEmptyTextIsNoWholeNumber(String type) {
        assertThat(values(type, "", "\"\"")).isEmpty();
        assertThat(values(type, ",\"null_value\":7", "[\"\",1]"))
                .containsExactly(new FieldValue.Whole(7), new FieldValue.Whole(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"double", "float"})
    void anEmptyTextIsNoFraction(String type) {
        assertThat(values(type, "", "\"\"")).isEmpty();
        assertThat(values(type, ",\"null_value\":0.5", "\"\"")).containsExactly(new FieldValue.Decimal(0.5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"long", "integer", "short", "byte", "double", "float"})
    void otherTextsAndFieldsThatTakeNoneAreRefused(String type) {
        assertThatThrownBy(() -> values(type, ",\"coerce\":false", "\"\"")).isInstanceOf(ElpisException.class);
        assertThatThrownBy(() -> values(type, "", "\" \"")).isInstanceOf(ElpisException.class);
        assertThat(values(type, ",\"coerce\":false,\"ignore_malformed\":true", "\"\""))
                .isEmpty();
    }

    private static List<FieldValue> values(String type, String parameters, String value) {
        String json = "{\"properties\":{\"n\":{\"type\":\"" + type + "\"" + parameters + "}}}";
        Mapping mapping = MappingParser.parse(json.getBytes(UTF_8));
        ParsedDocument document = DocumentParser.parse(mapping, "7", ("{\"n\":" + value + "}").getBytes(UTF_8))
                .document();
        return document.fields().stream()
                .flatMap(field -> field.values().stream())
                .toList();
    }
}
