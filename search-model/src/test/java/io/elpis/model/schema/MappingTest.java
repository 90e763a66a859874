package io.elpis.model.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.MappingNode.LeafNode;
import io.elpis.model.schema.MappingNode.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingTest {
    private static final String BOOK = """
            {"dynamic":"strict","properties":{
              "title":{"type":"text","analyzer":"english","fields":{"raw":{"type":"keyword","ignore_above":256}}},
              "author":{"properties":{"name":{"type":"keyword"},"born":{"type":"date","format":"yyyy-MM-dd"}}},
              "pages":{"type":"long","null_value":0},
              "price.net":{"type":"double","doc_values":false}}}
            """;

    @Test
    void everyLeafHasItsPathAndANumberOfItsOwn() {
        Mapping mapping = parse(BOOK);

        assertThat(mapping.fields())
                .extracting(FieldMapping::path)
                .containsExactly("title", "title.raw", "author.name", "author.born", "pages", "price.net");
        assertThat(mapping.fields()).extracting(FieldMapping::number).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(mapping.field("title.raw")).isEqualTo(mapping.field(2));
        assertThat(mapping.object("author")).isNotNull();
        assertThat(mapping.dynamic()).isEqualTo(Dynamic.STRICT);
        assertThat(mapping.version()).isEqualTo(1);
        assertThat(mapping.totalFields()).isEqualTo(8);
    }

    @Test
    void storedFormReadsBackEqual() {
        Mapping mapping =
                merge(parse(BOOK), "{\"date_detection\":false,\"properties\":{\"isbn\":{\"type\":\"keyword\"}}}");

        assertThat(MappingParser.readStored(MappingWriter.stored(mapping))).isEqualTo(mapping);
        assertThat(MappingParser.readStored(MappingWriter.stored(Mapping.EMPTY)))
                .isEqualTo(Mapping.EMPTY);
    }

    @Test
    void printedFormSaysTheSameFieldsAgain() {
        Mapping mapping = parse(BOOK);

        Mapping again = MappingParser.parse(MappingWriter.write(mapping));

        assertThat(again).isEqualTo(mapping);
        assertThat(new String(MappingWriter.write(mapping), UTF_8)).doesNotContain("_number");
    }

    @Test
    void updateAddsFieldsAndRaisesTheVersion() {
        Mapping merged =
                merge(parse(BOOK), "{\"properties\":{\"author\":{\"properties\":{\"age\":{\"type\":\"long\"}}}}}");

        assertThat(merged.version()).isEqualTo(2);
        assertThat(merged.field("author.age")).isEqualTo(FieldMapping.of("author.age", 7, FieldType.LONG));
        assertThat(merged.fields()).extracting(FieldMapping::number).contains(1, 2, 3, 4, 5, 6);
    }

    @Test
    void updateThatSaysNothingNewChangesNothing() {
        Mapping mapping = parse(BOOK);

        assertThat(merge(mapping, "{\"properties\":{\"pages\":{\"type\":\"long\",\"null_value\":0}}}"))
                .isSameAs(mapping);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"properties":{"pages":{"type":"text"}}} | mapper [pages] cannot be changed from type [long] to [text]
            {"properties":{"title":{"type":"text"}}} | Cannot update parameter [analyzer] from [english] to [default]
            {"properties":{"title":{"type":"text","analyzer":"english","norms":false}}} | Cannot update parameter [norms] from [true] to [false]
            {"properties":{"author":{"type":"text"}}} | can't merge a non object mapping [author] with an object mapping
            {"properties":{"pages":{"properties":{}}}} | can't merge a non object mapping [pages] with an object mapping
            """)
    void whatDocumentsRestOnCannotChange(String update, String reason) {
        assertThatThrownBy(() -> merge(parse(BOOK), update))
                .isInstanceOfSatisfying(
                        ElpisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ILLEGAL_ARGUMENT))
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"properties":{"a":{"type":"colour"}}} | No handler for type [colour] declared on field [a]
            {"properties":{"a":{}}} | No type specified for field [a]
            {"properties":{"a":{"type":"long","analyzer":"x"}}} | unknown parameter [analyzer] on mapper [a] of type [long]
            {"properties":{"":{"type":"long"}}} | field name cannot be an empty string
            {"properties":{"a":{"type":"long","null_value":"x"}}} | Failed to parse [null_value] [x] of mapper [a] of type [long]
            {"properties":{"a":{"type":"date","null_value":"x","format":"yyyy"}}} | Failed to parse [null_value] [x] of mapper [a]
            {"templates":{}} | Root mapping definition has unsupported parameters:  [templates : {}]
            {"dynamic":"perhaps"} | Could not convert [dynamic]
            {"properties":{"_id":{"type":"keyword"}}} | Field [_id] is defined more than once
            {"properties":{"_tombstone":{"type":"long"}}} | Field [_tombstone] is defined more than once
            {"properties":{"_id.x":{"type":"keyword"}}} | Field [_id] is defined both as an object and a field
            {"properties":{"_tie":{"properties":{"x":{"type":"long"}}}}} | Field [_tie] is defined both as an object and a field
            {"properties":{"a":{"type":"long","copy_to":"_content"}}} | Cannot copy to field [_content] since it is a metadata field
            {"properties":{"a":{"type":"long","copy_to":["b","_id.x"]}}} | Cannot copy to field [_id.x] since it is a metadata field
            {"properties":{"a":{"type":"long","copy_to":"b..c"}}} | field name cannot be an empty string or have empty parts: [b..c]
            {"properties":{"a":{"type":"long","copy_to":""}}} | field name cannot be an empty string or have empty parts: []
            {"properties":{"a":{"type":"long","copy_to":{"b":1}}}} | Field [copy_to] must be a text or a list of texts on mapper [a]
            """)
    void whatIsNoMappingIsRefused(String json, String reason) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOfSatisfying(
                        ElpisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MAPPER_PARSING))
                .hasMessageContaining(reason);
    }

    /** Indices that were made when they were free may have them. */
    @Test
    void aStoredMappingWithAMetadataFieldIsReadAndChanged() {
        FieldMapping tie = FieldMapping.of("_tie", 1, FieldType.LONG);
        ObjectNode root = new ObjectNode(null, true, Map.of("_tie", new LeafNode(tie, Map.of())));
        Mapping before = new Mapping(1, root, 2, true);

        Mapping read = MappingParser.readStored(MappingWriter.stored(before));

        assertThat(read).isEqualTo(before);
        assertThat(merge(read, "{\"properties\":{\"a\":{\"type\":\"long\"}}}").fields())
                .extracting(FieldMapping::path)
                .containsExactly("_tie", "a");
    }

    @Test
    void metadataFieldsAreReservedAtTheRootAlone() {
        Mapping mapping = parse("{\"properties\":{\"a._id\":{\"type\":\"keyword\"},\"_own\":{\"type\":\"long\"}}}");

        assertThat(mapping.fields()).extracting(FieldMapping::path).containsExactly("a._id", "_own");
    }

    @Test
    void moreFieldsThanAllowedAreRefused() {
        StringBuilder json = new StringBuilder("{\"mappings\":{\"properties\":{\"f0\":{\"type\":\"long\"}");
        for (int i = 1; i <= 1000; i++) {
            json.append(",\"f").append(i).append("\":{\"type\":\"long\"}");
        }
        json.append("}}}");

        assertThatThrownBy(() -> IndexDefinition.parse(json.toString().getBytes(UTF_8)))
                .hasMessage("Limit of total fields [1000] has been exceeded");
    }

    @Test
    void brokenJsonIsToldWithItsPlace() {
        assertThatThrownBy(() -> parse("{\n  \"properties\": {]")).isInstanceOfSatisfying(ElpisException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.PARSING);
            assertThat(e.details()).containsEntry("line", 2).containsKey("col");
        });
    }

    private static Mapping parse(String json) {
        return MappingParser.parse(json.getBytes(UTF_8));
    }

    private static Mapping merge(Mapping mapping, String json) {
        return MappingParser.merge(mapping, json.getBytes(UTF_8));
    }
}
