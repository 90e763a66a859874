package io.elpis.model.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceParameterTest {
    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"enabled\":true}", "{\"enabled\":\"true\"}"})
    void thatTheSourceIsKeptMayBeSaid(String source) {
        assertThat(parse(source)).isEqualTo(Mapping.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "false",
                "true",
                "[]",
                "\"enabled\"",
                "{\"enabled\":false}",
                "{\"enabled\":\"no\"}",
                "{\"enabled\":null}",
                "{\"enabled\":1}",
                "{\"includes\":[\"a\"]}",
                "{\"excludes\":[\"a\"]}",
                "{\"enabled\":true,\"excludes\":[]}"
            })
    void anythingElseIsRefused(String source) {
        assertThatThrownBy(() -> parse(source))
                .isInstanceOfSatisfying(
                        ElpisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MAPPER_PARSING))
                .hasMessage(
                        "[_source] must be {} or {\"enabled\":true}, since documents are always kept as a whole: got "
                                + source);
    }

    private static Mapping parse(String source) {
        return MappingParser.parse(("{\"_source\":" + source + "}").getBytes(UTF_8));
    }
}
