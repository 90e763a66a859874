package io.elpis.protocol.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorWireTest {
    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void failureArrivesWhole(ErrorCode code) {
        ElpisException sent = new ElpisException(code, "why", Map.of("line", 3, "names", List.of("a", "b")));

        ElpisException received = ErrorWire.fromGrpc(ErrorWire.toGrpc(sent));

        assertThat(received.code()).isEqualTo(code);
        assertThat(received.reason()).isEqualTo("why");
        assertThat(received.details()).isEqualTo(sent.details());
    }

    @Test
    void otherFailuresKeepTheirWordsToThemselves() {
        StatusRuntimeException answer = ErrorWire.toGrpc(new IllegalStateException("password is x"));

        assertThat(answer.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
        assertThat(ErrorWire.fromGrpc(answer).reason()).isEqualTo("internal error");
    }

    @Test
    void silenceIsToldFromRefusal() {
        assertThat(ErrorWire.fromGrpc(Status.UNAVAILABLE.asRuntimeException()).code())
                .isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
        assertThat(ErrorWire.fromGrpc(Status.DEADLINE_EXCEEDED.asException()).code())
                .isEqualTo(ErrorCode.TIMED_OUT);
    }
}
