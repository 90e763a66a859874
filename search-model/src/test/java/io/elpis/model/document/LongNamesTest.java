package io.elpis.model.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.Mapping;
import io.elpis.model.schema.MappingParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and paths that documents bring. */
class LongNamesTest {
    private static final String LONG = "x".repeat(1_001);

    @ParameterizedTest
    @ValueSource(strings = {"{\"%s\":1}", "{\"o\":{\"%s\":1}}", "{\"o.%s\":1}", "{\"%s\":{\"a\":1}}", "{\"%s.a\":1}"})
    void aNewFieldHasALengthOfPath(String document) {
        assertRefused(Mapping.EMPTY, document.formatted(LONG), "Field name [");
        assertThat(parse(Mapping.EMPTY, document.formatted("x".repeat(990)))
                        .mapping()
                        .fields())
                .hasSize(1);
    }

    @Test
    void aFieldThatIsThereIsFilledWhateverItsLength() {
        Mapping old = MappingParser.readStored(("{\"version\":1,\"next_field_number\":2,\"mapping\":{\"properties\":{\""
                        + LONG + "\":{\"type\":\"long\",\"_number\":1}}}}")
                .getBytes(UTF_8));

        ParseOutcome outcome = parse(old, "{\"" + LONG + "\":1,\"y\":2}");
        assertThat(outcome.mapping().fields()).hasSize(2);
        assertThat(outcome.document().fields()).hasSize(2);
    }

    @Test
    void whatAddsNoFieldIsNotLookedAt() {
        Mapping fixed = MappingParser.parse("{\"dynamic\":false}".getBytes(UTF_8));

        assertThat(parse(fixed, "{\"" + LONG + "\":1}").mapping()).isSameAs(fixed);
        // A copy of before the limit took it.
        byte[] empty = ("{\"" + LONG + "\":{}}").getBytes(UTF_8);
        assertThatCode(() -> DocumentParser.parseKnown(Mapping.EMPTY, "7", empty))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 20_000})
    void aNameOfManyPointsIsTooDeep(int points) {
        String name = "a.".repeat(points) + "a";

        assertRefused(Mapping.EMPTY, "{\"" + name + "\":1}", "Limit of mapping depth [20] has been exceeded");
        Mapping copying = MappingParser.parse(
                ("{\"properties\":{\"s\":{\"type\":\"long\",\"copy_to\":\"" + name + "\"}}}").getBytes(UTF_8));
        assertRefused(copying, "{\"s\":1}", "Limit of mapping depth [20] has been exceeded");
    }

    private static ParseOutcome parse(Mapping mapping, String document) {
        return DocumentParser.parse(mapping, "7", document.getBytes(UTF_8));
    }

    private static void assertRefused(Mapping mapping, String document, String words) {
        assertThatThrownBy(() -> parse(mapping, document))
                .isInstanceOfSatisfying(
                        ElpisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ILLEGAL_ARGUMENT))
                .hasMessageStartingWith(words);
    }
}
