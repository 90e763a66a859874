package io.elpis.model.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What mappings say for their readers alone. */
class MappingMetaTest {
    private static final String SIZE =
            "\"properties\":{\"size\":{\"type\":\"long\",\"meta\":{\"unit\":\"ms\",\"metric_type\":\"gauge\"}}}";
    private static final String MAPPING = "{\"_meta\":{\"class\":\"A\",\"n\":{\"min\":[1,2.5]}}," + SIZE + "}";

    @Test
    void itIsToldAsItWasSaid() {
        assertThat(printed(parse(MAPPING))).isEqualTo(MAPPING);
        assertThat(MappingParser.readStored(MappingWriter.stored(parse(MAPPING))))
                .isEqualTo(parse(MAPPING));
    }

    /** JSON may say it, but nothing can be made of it in UTF-8. */
    @Test
    void halfACharacterIsToldAsItWasSaid() {
        Mapping mapping = parse("{\"_meta\":{\"a\":\"\\ud83d\\ude00 \\udc00\"}}");

        assertThat(printed(mapping)).isEqualTo("{\"_meta\":{\"a\":\"\ud83d\ude00 \\udc00\"}}");
        assertThat(MappingParser.readStored(MappingWriter.stored(mapping))).isEqualTo(mapping);
    }

    @Test
    void aMappingThatWasStoredWithoutItIsRead() {
        String stored =
                "{\"version\":1,\"next_field_number\":2,\"mapping\":{\"properties\":{\"a\":{\"type\":\"long\",\"_number\":1}}}}";

        Mapping mapping = MappingParser.readStored(stored.getBytes(UTF_8));

        assertThat(mapping.meta()).isNull();
        assertThat(new String(MappingWriter.stored(mapping), UTF_8)).isEqualTo(stored);
    }

    @Test
    void itIsReplacedByALaterOneAlone() {
        Mapping mapping = parse(MAPPING);

        Mapping other = merge(mapping, "{\"_meta\":{\"class\":\"B\"}}");
        assertThat(other.version()).isEqualTo(2);
        assertThat(printed(other)).isEqualTo("{\"_meta\":{\"class\":\"B\"}," + SIZE + "}");
        assertThat(merge(other, "{\"_meta\":{\"class\":\"B\"}}")).isSameAs(other);
        assertThat(merge(other, "{\"properties\":{}}")).isSameAs(other);
        assertThat(printed(merge(other, "{\"_meta\":{}}"))).isEqualTo("{\"_meta\":{}," + SIZE + "}");
        assertThat(printed(merge(mapping, "{\"properties\":{\"size\":{\"type\":\"long\"}}}")))
                .doesNotContain("\"meta\"");
    }

    @Test
    void aDocumentThatAddsFieldsKeepsIt() {
        Mapping mapping = parse(MAPPING);

        assertThat(printed(mapping.extended(mapping.root(), mapping.nextFieldNumber())))
                .isEqualTo(MAPPING);
        assertThat(mapping.withVersion(7).sameFields(mapping)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"_meta":7} | [_meta] must be an object, got 7
            {"properties":{"a":{"type":"long","meta":7}}} | [meta] must be an object, got 7 for field [a]
            {"properties":{"a":{"type":"long","meta":{"b":7}}}} | [meta] values can only be strings, but got 7 for field [a]
            {"properties":{"a":{"type":"long","meta":{"b":null}}}} | [meta] values can only be strings, but got null for field [a]
            {"properties":{"a":{"type":"long","meta":{"a23456789b123456789c1":"x"}}}} | [meta] keys can't be longer than 20 chars, but got [a23456789b123456789c1] for field [a]
            {"properties":{"a":{"type":"long","meta":{"b":"a23456789b123456789c123456789d123456789e123456789f1"}}}} | [meta] values can't be longer than 50 chars, but got [a23456789b123456789c123456789d123456789e123456789f1] for field [a]
            {"properties":{"a":{"type":"long","meta":{"b":"","c":"","d":"","e":"","f":"","g":""}}}} | [meta] can't have more than 5 entries, but got 6 on field [a]
            {"properties":{"a":{"type":"text","index_options":"docs"}}} | Unknown value [docs] for field [index_options] - accepted values are [positions, offsets]
            {"properties":{"a":{"type":"text","index_options":"freqs"}}} | Unknown value [freqs] for field [index_options] - accepted values are [positions, offsets]
            {"properties":{"a":{"type":"text","index_options":7}}} | Field [index_options] must be a text on mapper [a]
            {"properties":{"a":{"type":"keyword","index_options":"freqs"}}} | Unknown value [freqs] for field [index_options] - accepted values are [docs]
            {"properties":{"a":{"type":"long","index_options":"docs"}}} | unknown parameter [index_options] on mapper [a] of type [long]
            {"properties":{"a":{"type":"keyword","term_vector":"yes"}}} | unknown parameter [term_vector] on mapper [a] of type [keyword]
            """)
    void whatWouldBeLostIsRefused(String json, String reason) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOfSatisfying(
                        ElpisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MAPPER_PARSING))
                .hasMessage(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"type":"text","index_options":"positions"}
            {"type":"text","index_options":"offsets","term_vector":"with_positions_offsets","eager_global_ordinals":true}
            {"type":"keyword","index_options":"docs","eager_global_ordinals":true}
            """)
    void whatMakesNoDifferenceIsTaken(String definition) {
        assertThat(parse("{\"properties\":{\"a\":" + definition + "}}").fields())
                .hasSize(1);
    }

    private static String printed(Mapping mapping) {
        return new String(MappingWriter.write(mapping), UTF_8);
    }

    private static Mapping parse(String json) {
        return MappingParser.parse(json.getBytes(UTF_8));
    }

    private static Mapping merge(Mapping mapping, String json) {
        return MappingParser.merge(mapping, json.getBytes(UTF_8));
    }
}
