package io.elpis.support.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ErrorBodyTest {
    @Test
    void hasOpenSearchsShape() {
        byte[] body = ErrorBody.of(
                new ElpisException(ErrorCode.INDEX_NOT_FOUND, "no such index [\"x\"]", Map.of("index", "x")));

        assertThat(new String(body, StandardCharsets.UTF_8))
                .isEqualTo("{\"error\":{\"root_cause\":[{\"type\":\"index_not_found_exception\","
                        + "\"reason\":\"no such index [\\\"x\\\"]\",\"index\":\"x\"}],"
                        + "\"type\":\"index_not_found_exception\",\"reason\":\"no such index [\\\"x\\\"]\","
                        + "\"index\":\"x\"},\"status\":404}");
    }

    @Test
    void challengeAndRetryAfterComeWithTheirStatus() {
        assertThat(ErrorBody.headers(ErrorCode.UNAUTHENTICATED))
                .containsExactly(Map.entry("WWW-Authenticate", "Bearer realm=\"elpis\""));
        assertThat(ErrorBody.headers(ErrorCode.TOO_MANY_REQUESTS)).containsKey("Retry-After");
        assertThat(ErrorBody.headers(ErrorCode.LOG_UNAVAILABLE)).containsKey("Retry-After");
        assertThat(ErrorBody.headers(ErrorCode.PARSING)).isEmpty();
    }

    @Test
    void unexpectedFailureTellsNothingOfTheInside() {
        ElpisException shown = Failures.of(new IllegalStateException("password=secret"));

        assertThat(shown.code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(shown.reason()).doesNotContain("secret");
    }
}
