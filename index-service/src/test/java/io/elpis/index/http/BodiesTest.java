package io.elpis.index.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import jakarta.servlet.FilterChain;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.DelegatingServletInputStream;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

final class BodiesTest {
    private static final int LIMIT = 1 << 20;

    private final BodyRoom room = new BodyRoom(LIMIT);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4095, 4096, 4097, 65_536, 65_537, 300_000, LIMIT})
    void bodiesAreReadWholeWhetherTheirLengthIsDeclaredOrNot(int length) throws Exception {
        byte[] sent = new byte[length];
        new Random(length).nextBytes(sent);
        BodyRoom roomy = new BodyRoom(4L * LIMIT);
        for (long declared : new long[] {length, -1}) {
            through(
                    roomy,
                    sent,
                    declared,
                    request -> assertThat(Bodies.read(request, LIMIT)).isEqualTo(sent));
            assertThat(roomy.free()).isEqualTo(4L * LIMIT);
        }
    }

    @Test
    void memoryIsTakenForWhatCameNotForWhatWasPromised() {
        assertThatThrownBy(() -> through(room, new byte[10], LIMIT, request -> {
                    try {
                        Bodies.read(request, LIMIT);
                    } finally {
                        assertThat(room.free()).isEqualTo(LIMIT - (64 << 10));
                    }
                }))
                .isInstanceOf(EOFException.class);
        assertThat(room.free()).isEqualTo(LIMIT);
    }

    @Test
    void withoutRoomABodyIsRefusedBeforeItIsRead() throws Exception {
        through(room, new byte[LIMIT - 100], LIMIT - 100, first -> {
            assertThat(Bodies.read(first, LIMIT)).hasSize(LIMIT - 100);
            through(room, new byte[200], 200, second -> assertCode(second, ErrorCode.TOO_MANY_REQUESTS));
            through(room, new byte[200], -1, third -> assertCode(third, ErrorCode.TOO_MANY_REQUESTS));
            through(
                    room,
                    new byte[50],
                    50,
                    small -> assertThat(Bodies.read(small, LIMIT)).hasSize(50));
        });
        assertThat(room.free()).isEqualTo(LIMIT);
    }

    @Test
    void largerThanTheLimitIsTooLarge() throws Exception {
        through(
                new BodyRoom(8L * LIMIT),
                new byte[LIMIT + 1],
                LIMIT + 1,
                declared -> assertCode(declared, ErrorCode.CONTENT_TOO_LARGE));
        through(new BodyRoom(8L * LIMIT), new byte[2 * LIMIT], -1, not -> assertCode(not, ErrorCode.CONTENT_TOO_LARGE));
    }

    private interface Handler {
        void handle(MockHttpServletRequest request) throws Exception;
    }

    private static void assertCode(MockHttpServletRequest request, ErrorCode code) {
        assertThatThrownBy(() -> Bodies.read(request, LIMIT))
                .isInstanceOfSatisfying(
                        ElpisException.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }

    private static void through(BodyRoom room, byte[] sent, long declared, Handler handler) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/_bulk") {
            @Override
            public long getContentLengthLong() {
                return declared;
            }

            @Override
            public jakarta.servlet.ServletInputStream getInputStream() {
                return new DelegatingServletInputStream(new ByteArrayInputStream(sent));
            }
        };
        @Nullable Exception[] failure = new Exception[1];
        FilterChain chain = (_, _) -> {
            try {
                handler.handle(request);
            } catch (Exception e) {
                failure[0] = e;
            }
        };
        room.doFilter(request, new MockHttpServletResponse(), chain);
        if (failure[0] != null) {
            throw failure[0];
        }
    }
}
