package io.elpis.model.error;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ErrorBodyTest {
    @Test
    void errorHasOpenSearchsShape() {
        ElpisException failure = new ElpisException(
                ErrorCode.INDEX_NOT_FOUND, "no such index [a]", Map.of("index", "a", "index_uuid", "_na_"));

        assertThat(new String(ErrorBody.write(failure), UTF_8)).isEqualTo("""
                        {"error":{"root_cause":[{"type":"index_not_found_exception","reason":"no such index [a]",\
                        "index":"a","index_uuid":"_na_"}],"type":"index_not_found_exception",\
                        "reason":"no such index [a]","index":"a","index_uuid":"_na_"},"status":404}""");
    }

    @Test
    void causeStandsOutsideTheRootCauseAndOwnRootCausesAreKept() {
        ElpisException caused =
                new ElpisException(ErrorCode.MAPPER_PARSING, "x", Map.of("caused_by", Map.of("reason", "y")));
        ElpisException own = new ElpisException(
                ErrorCode.SEARCH_PHASE_EXECUTION, "x", Map.of("root_cause", List.of(), "phase", "query"));

        assertThat(new String(ErrorBody.write(caused), UTF_8)).isEqualTo("""
                        {"error":{"root_cause":[{"type":"mapper_parsing_exception","reason":"x"}],\
                        "type":"mapper_parsing_exception","reason":"x","caused_by":{"reason":"y"}},"status":400}""");
        assertThat(new String(ErrorBody.write(own), UTF_8)).contains("\"root_cause\":[]", "\"phase\":\"query\"");
    }
}
