package io.elpis.model.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.model.schema.Mapping;
import io.elpis.model.schema.MappingWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The size of mappings that documents extended: counted, not written. */
class MappingGrowthTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1}",
                "{\"a\":\"text\",\"b\":\"2020-01-01\",\"c\":\"2020/01/01\",\"d\":true,\"e\":1.5}",
                "{\"o\":{\"p\":{\"q\":{\"r\":1,\"s\":\"x\"},\"t\":2}},\"u.v.w\":3,\"u.v.x\":4}",
                "{\"\\u0001\\u0002\\\"\":1,\"änderung\":\"x\",\"日本\":{\"語\":\"x\"}}"
            })
    void whatIsCountedIsNeverTooLittleAndHardlyTooMuch(String document) {
        Mapping first = parse(Mapping.EMPTY, document);
        Mapping second = parse(first, "{\"new\":" + document + ",\"o.p.z\":1}");

        assertNear(first);
        assertNear(second);
    }

    @Test
    void manySmallExtensionsCountAsOne() {
        Mapping mapping = Mapping.EMPTY;
        for (int field = 0; field < 200; field++) {
            mapping = parse(mapping, "{\"f" + field + "\":" + field + "}");
        }
        assertNear(mapping);
    }

    private static void assertNear(Mapping mapping) {
        long written = MappingWriter.stored(mapping).length;
        assertThat(mapping.storedBytes()).isBetween(written, written + mapping.totalFields() * 32L);
    }

    private static Mapping parse(Mapping mapping, String document) {
        return DocumentParser.parse(mapping, "7", document.getBytes(UTF_8)).mapping();
    }
}
