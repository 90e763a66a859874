package io.elpis.model.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.error.ElpisException;
import io.elpis.model.schema.FieldMapping;
import io.elpis.model.schema.Mapping;
import io.elpis.model.schema.MappingParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Targets of {@code copy_to} that documents bring. */
class DynamicCopyTest {
    private static final String COPIES =
            "{\"properties\":{\"src\":{\"type\":\"long\",\"copy_to\":[\"o\"]},\"low\":{\"type\":\"long\",\"copy_to\":\"t.keyword\"}}}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"o":{"x":1}} | Cannot copy to field [o] since it is mapped as an object
            {"o":{"x":1},"src":1} | Cannot copy to field [o] since it is mapped as an object
            {"o":{},"src":1} | Cannot copy to field [o] since it is mapped as an object
            {"src":1,"o":{"x":1}} | failed to parse field [o] of type [long]
            {"t":"text"} | [copy_to] may not be used to copy to a multi-field: [t.keyword]
            {"low":1,"t":"text"} | object mapping for [t] tried to parse field [t] as object, but found a concrete value
            {"t":"text","low":1} | failed to parse field [t] of type [text]
            """)
    void aDocumentThatMakesATargetSomethingElseIsRefused(String document, String reason) {
        Mapping mapping = MappingParser.parse(COPIES.getBytes(UTF_8));

        assertThatThrownBy(() -> DocumentParser.parse(mapping, "7", document.getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        ElpisException.class,
                        e -> assertThat(e.code().httpStatus()).isEqualTo(400))
                .hasMessageStartingWith(reason);
    }

    /** As a mapping may say that was made when nobody looked at the target. */
    @Test
    void anObjectThatIsCopiedToKeepsItsFields() {
        Mapping mapping = MappingParser.readStored("""
                {"version":1,"next_field_number":3,"mapping":{"properties":{
                  "src":{"type":"long","_number":1,"copy_to":"o"},
                  "o":{"properties":{"x":{"type":"long","_number":2}}}}}}
                """.getBytes(UTF_8));

        assertThatThrownBy(() -> DocumentParser.parse(mapping, "7", "{\"src\":1}".getBytes(UTF_8)))
                .isInstanceOf(ElpisException.class)
                .hasMessage("Cannot copy to field [o] since it is mapped as an object");
        assertThat(DocumentParser.parse(mapping, "7", "{\"src\":null,\"o\":{\"x\":2}}".getBytes(UTF_8))
                        .mapping())
                .isSameAs(mapping);
    }

    /** In a mapping from before anybody looked at targets. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "o"         | "o":{"properties":{"x":{"type":"long","_number":2}}}
            "t.raw"     | "t":{"type":"text","_number":2,"fields":{"raw":{"type":"keyword","_number":3}}}
            "_id"       | "x":{"type":"long","_number":2}
            "a..b"      | "x":{"type":"long","_number":2}
            """)
    void aTargetThatWasUnfitBeforeKeepsNoOtherFieldOut(String target, String other) {
        Mapping mapping =
                MappingParser.readStored(("{\"version\":1,\"next_field_number\":4,\"mapping\":{\"properties\":"
                                + "{\"src\":{\"type\":\"long\",\"_number\":1,\"copy_to\":[" + target + ",\"p\"]},"
                                + other + "}}}")
                        .getBytes(UTF_8));

        Mapping extended = DocumentParser.parse(mapping, "7", "{\"new\":1}".getBytes(UTF_8))
                .mapping();
        assertThat(extended.field("new")).isNotNull();
        assertThatThrownBy(() -> DocumentParser.parse(mapping, "7", "{\"new\":1,\"src\":1}".getBytes(UTF_8)))
                .as("what is really copied")
                .isInstanceOfSatisfying(
                        ElpisException.class,
                        e -> assertThat(e.code().httpStatus()).isEqualTo(400));
        assertThatThrownBy(() -> DocumentParser.parse(mapping, "7", "{\"p\":{\"x\":1}}".getBytes(UTF_8)))
                .as("a target that the document spoils")
                .hasMessage("Cannot copy to field [p] since it is mapped as an object");
    }

    @Test
    void theFirstCopyMakesItsTarget() {
        Mapping mapping = MappingParser.parse(COPIES.getBytes(UTF_8));

        assertThat(DocumentParser.parse(mapping, "7", "{\"src\":1,\"low\":2}".getBytes(UTF_8))
                        .mapping()
                        .fields())
                .extracting(FieldMapping::path)
                .containsExactly("src", "low", "t.keyword", "o");
    }
}
