package io.elpis.torture.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.torture.history.Call;
import io.elpis.torture.history.Operation;
import io.elpis.torture.history.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RefusalsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "503 log_unavailable_exception",
                "429 rejected_execution_exception",
                "401 security_exception",
                "504 timeout_exception",
                "202",
                "no connection",
                "log_unavailable_exception"
            })
    void troubleMayBeTold(String reason) {
        assertThat(Refusals.violations(List.of(put(new Reply.Refused(reason)), put(new Reply.Open(reason)))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"400 mapper_parsing_exception", "404 index_not_found_exception", "500 exception", "413 x"})
    void validRequestsAreNotTheCallersFault(String reason) {
        assertThat(Refusals.violations(List.of(put(new Reply.Refused(reason)), put(new Reply.Open(reason)))))
                .singleElement()
                .asString()
                .startsWith("valid requests were answered with " + reason + ", 2 of them");
    }

    @Test
    void outcomesAreNoRefusals() {
        assertThat(Refusals.violations(List.of(
                        put(new Reply.Stored(true, 500, 404)), put(new Reply.Conflict()), put(new Reply.Absent()))))
                .isEmpty();
    }

    private static Operation put(Reply reply) {
        return new Operation(0, "key", new Call.Put("a"), reply, 0, 1, 1);
    }
}
