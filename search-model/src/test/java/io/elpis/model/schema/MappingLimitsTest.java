package io.elpis.model.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class MappingLimitsTest {
    private static final int LIMIT = MappingLimits.MAX_BYTES;

    @Test
    void aNewIndexHasRoomForSoMuchMapping() {
        assertThatCode(() -> define("{\"mappings\":" + meta(LIMIT - 100) + "}")).doesNotThrowAnyException();
        assertRefused(() -> define("{\"mappings\":" + meta(LIMIT) + "}"))
                .hasMessageMatching("Limit of the size of mapping \\[4194304] bytes has been exceeded by"
                        + " \\[41943\\d\\d] bytes as stored");
    }

    @Test
    void aNewIndexHasRoomForSoMuchAnalysis() {
        String words = "1,".repeat(LIMIT / 4) + "1";
        assertRefused(() -> define("{\"settings\":{\"analysis\":{\"filter\":{\"f\":{\"type\":\"stop\",\"stopwords\":["
                        + words + "]}}}}}"))
                .hasMessageStartingWith("Limit of the size of settings [4194304] bytes has been exceeded");
    }

    /** A name is repeated for each setting below it. */
    @Test
    void settingsCannotBecomeMuchLargerThanTheirRequest() {
        StringBuilder members = new StringBuilder("\"a\":1");
        for (int n = 0; n < 1_000; n++) {
            members.append(",\"n").append(n).append("\":1");
        }
        assertRefused(() -> define("{\"settings\":{\"analysis\":{\"filter\":{\"" + "f".repeat(40_000) + "\":{" + members
                        + "}}}}}"))
                .hasMessageStartingWith("names of settings are too long");
    }

    @Test
    void aMappingFromBeforeTheLimitMayShrinkAndNotGrow() {
        Mapping old = MappingParser.parse(meta(LIMIT * 2).getBytes(UTF_8));
        Mapping less = merge(old, meta(LIMIT + 1));
        Mapping more = merge(old, "{\"properties\":{\"a\":{\"type\":\"long\"}}}");

        assertThatCode(() -> MappingLimits.check(less, old, IndexSettings.DEFAULT))
                .doesNotThrowAnyException();
        assertRefused(() -> MappingLimits.check(more, old, IndexSettings.DEFAULT));
    }

    private static String meta(int length) {
        return "{\"_meta\":{\"m\":\"" + "x".repeat(length) + "\"}}";
    }

    private static IndexDefinition define(String json) {
        return IndexDefinition.parse(json.getBytes(UTF_8));
    }

    private static Mapping merge(Mapping mapping, String json) {
        return MappingParser.merge(mapping, json.getBytes(UTF_8));
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ElpisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ILLEGAL_ARGUMENT));
    }
}
