package io.elpis.aggregator.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.error.ElpisException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonShapeTest {
    private static final String ANSWER = """
            {"took":1,"hits":{"total":{"value":2},"hits":[{"_id":"a","_source":{"p":1.10,"q":1e400,"t":"x"}},\
            {"_id":"b","_source":{"p":-0.0,"p":12345678901234567890.5}}]}}""";

    private static String shaped(String query) {
        ByteBuf json = UnpooledByteBufAllocator.DEFAULT.heapBuffer();
        json.writeCharSequence(ANSWER, StandardCharsets.UTF_8);
        ByteBuf shaped = JsonShape.of(query).applied(json);
        String text = shaped.toString(StandardCharsets.UTF_8);
        shaped.release();
        assertThat(json.refCnt()).isZero();
        return text;
    }

    @Test
    void whoAsksForNothingGetsTheSameBuffer() {
        assertThat(shaped("size=1")).isEqualTo(ANSWER);
    }

    /** Digits stay as they are, and so do names that a document has twice. */
    @Test
    void prettyChangesSpaceOnly() {
        assertThat(shaped("pretty").replaceAll("\\s", "")).isEqualTo(ANSWER);
        assertThat(shaped("pretty=true")).startsWith("{\n  \"took\" : 1,").endsWith("}\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            took                     | {"took":1}
            hits.hits._id            | {"hits":{"hits":[{"_id":"a"},{"_id":"b"}]}}
            hits.hits._source.t      | {"hits":{"hits":[{"_source":{"t":"x"}}]}}
            **.value                 | {"hits":{"total":{"value":2}}}
            h*.t*                    | {"hits":{"total":{"value":2}}}
            hits.total.**            | {"hits":{"total":{"value":2}}}
            -hits                    | {"took":1}
            -hits.hits,-took         | {"hits":{"total":{"value":2}}}
            hits,-**._source,-*.total| {"hits":{"hits":[{"_id":"a"},{"_id":"b"}]}}
            **.q                     | {"hits":{"hits":[{"_source":{"q":1e400}}]}}
            nothing.here             | {}
            """)
    void pathsChooseMembers(String paths, String expected) {
        assertThat(shaped("filter_path=" + paths)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pretty=yes", "filter_path=.", "filter_path=a..b", "filter_path=-", "filter_path=a,,b"})
    void whatCannotBeReadIsRefusedBeforeAnythingIsWritten(String query) {
        assertThatThrownBy(() -> JsonShape.of(query)).isInstanceOf(ElpisException.class);
    }

    @Test
    void manyStarsCostLittle() {
        assertThat(shaped("filter_path=" + "*a".repeat(500) + "b")).isEqualTo("{}");
    }
}
