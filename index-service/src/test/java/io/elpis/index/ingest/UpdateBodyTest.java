package io.elpis.index.ingest;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UpdateBodyTest {
    @Test
    void documentsAreFoundInTheirPlaces() {
        UpdateBody body = parse("""
                {"upsert": {"n": 0, "é": ["ü", {}]}, "detect_noop": false,
                 "doc": { "n" : 1 } , "doc_as_upsert": "true", "if_seq_no": 7, "if_primary_term": 2 }""");

        assertThat(text(body.doc())).isEqualTo("{ \"n\" : 1 }");
        assertThat(text(body.upsert())).isEqualTo("{\"n\": 0, \"é\": [\"ü\", {}]}");
        assertThat(body.docAsUpsert()).isTrue();
        assertThat(body.detectNoop()).isFalse();
        assertThat(body.ifSeqNo()).isEqualTo(7);
        assertThat(body.ifPrimaryTerm()).isEqualTo(2);
    }

    @Test
    void placesAreThoseOfTheWholeRequestWhereverThePartBegins() {
        byte[] bytes = "{\"update\":{}}\n{\"doc\":{\"a\":\"ü\"}}\n{}".getBytes(UTF_8);
        UpdateBody body = UpdateBody.parse(new BodyPart(bytes, 14, bytes.length - 17));
        assertThat(text(body.doc())).isEqualTo("{\"a\":\"ü\"}");
    }

    @Test
    void whatIsNotSaidIsAbsent() {
        assertThat(parse("{}")).isEqualTo(new UpdateBody(null, null, null, true, null, null));
        assertThat(parse(" ")).isEqualTo(parse("{}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"doc":{},"colour":1}           | [UpdateRequest] unknown field [colour]
            {"script":"ctx._source.n++"}    | [UpdateRequest] [script] is not supported, there are no scripts
            {"scripted_upsert":true}        | [UpdateRequest] [scripted_upsert] is not supported
            {"doc":{},"_source":true}       | [UpdateRequest] [_source] is not supported
            {"doc":[]}                      | [UpdateRequest] doc doesn't support values of type: START_ARRAY
            {"upsert":null}                 | [UpdateRequest] upsert doesn't support values of type: VALUE_NULL
            {"detect_noop":1}               | Failed to parse value [1] of [detect_noop]
            {"doc_as_upsert":{}}            | [doc_as_upsert] expects a simple value
            {"if_seq_no":1.5}               | [UpdateRequest] if_seq_no doesn't support values of type
            {"if_primary_term":99999999999999999999} | [UpdateRequest] if_primary_term doesn't support
            {"doc":{},"doc":{}}             | Duplicate field 'doc'
            {"doc":{}} {}                   | Unexpected [START_OBJECT] behind the end
            {"doc":{"a":}                   | Unexpected character ('}'
            {"doc":{"a":1}                  | Unexpected end-of-input
            []                              | Expected [START_OBJECT]
            """)
    void mistakesAreToldWithTheirPlace(String body, String words) {
        assertThatThrownBy(() -> parse(body))
                .hasMessageStartingWith(words)
                .isInstanceOfSatisfying(ElpisException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.PARSING);
                    assertThat(failure.details()).containsKeys("line", "col");
                });
    }

    @Test
    void jsonThatIsNotUtf8IsRefused() {
        byte[] bytes = "{\"doc\":{}}".getBytes(UTF_16BE);
        assertThatThrownBy(() -> UpdateBody.parse(BodyPart.whole(bytes))).isInstanceOf(ElpisException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noGarbageEndsInAnythingButARefusal(long seed) {
        Random random = new Random(seed);
        byte[] good = "{\"doc\":{\"a\":[1,\"x\"]},\"upsert\":{},\"detect_noop\":true}".getBytes(UTF_8);
        for (int i = 0; i < 5000; i++) {
            byte[] bad = good.clone();
            for (int change = random.nextInt(3); change >= 0; change--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            try {
                UpdateBody.parse(BodyPart.whole(bad));
            } catch (ElpisException e) {
                assertThat(e.code().httpStatus()).as("seed %d", seed).isEqualTo(400);
            }
        }
    }

    private static UpdateBody parse(String body) {
        return UpdateBody.parse(BodyPart.whole(body.getBytes(UTF_8)));
    }

    private static String text(@Nullable BodyPart part) {
        return part == null ? "" : part.unwrapped().toStringUtf8();
    }
}
