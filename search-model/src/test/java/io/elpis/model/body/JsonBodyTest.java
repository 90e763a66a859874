package io.elpis.model.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.error.ElpisException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonBodyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"{\"a\":+1}", "{\"a\":NaN}", "{\u001e\"a\":1}", "{\"a\":01}", "{'a':1}", "{/**/}", "{\"a\":.5}"})
    void theParsersSettingsAreNobodysBusiness(String body) {
        assertThatThrownBy(() -> JsonBody.object(body.getBytes(UTF_8)))
                .isInstanceOf(ElpisException.class)
                .hasMessageNotContainingAny("JsonReadFeature", "StreamRead", "enabl", "`")
                .hasMessageContaining(" at line 1, column ");
    }

    /** In the words of bodies that are read member by member, and of none of the parser's. */
    @Test
    void whatStandsBehindTheEndIsNamed() {
        assertThatThrownBy(() -> JsonBody.object("{\"a\":1} \"b\"".getBytes(UTF_8)))
                .isInstanceOf(ElpisException.class)
                .hasMessage("Unexpected [VALUE_STRING] behind the end of the request's body at line 1, column 9");
    }
}
