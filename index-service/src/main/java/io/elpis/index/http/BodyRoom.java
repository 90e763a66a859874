package io.elpis.index.http;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Room for the bodies of all requests under way, in bytes. Nobody waits for it: who finds none is refused, because
 * requests that wait hold memory themselves. What a request took is given back when it ends, however it ends. Thread-safe.
 */
public final class BodyRoom extends OncePerRequestFilter {
    private static final String ATTRIBUTE = BodyRoom.class.getName();

    private final AtomicLong free;

    public BodyRoom(long bytes) {
        free = new AtomicLong(bytes);
    }

    public long free() {
        return free.get();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Share share = new Share(this);
        request.setAttribute(ATTRIBUTE, share);
        try {
            chain.doFilter(request, response);
        } finally {
            request.removeAttribute(ATTRIBUTE);
            share.giveBack();
        }
    }

    /** The request's share; where no filter stands before it, one without bounds. */
    static Share of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Share share ? share : new Share(new BodyRoom(Long.MAX_VALUE));
    }

    /** What one request has taken. Owned by its thread. */
    static final class Share {
        private final BodyRoom room;
        private long taken;

        Share(BodyRoom room) {
            this.room = room;
        }

        /** Refuses at once what would not fit now. */
        void check(long bytes) {
            if (bytes > room.free()) {
                throw full();
            }
        }

        byte[] array(int length) {
            take(length);
            return new byte[length];
        }

        byte[] grown(byte[] bytes, int length) {
            take(length - bytes.length);
            return Arrays.copyOf(bytes, length);
        }

        private void take(long bytes) {
            if (room.free.addAndGet(-bytes) < 0) {
                room.free.addAndGet(bytes);
                throw full();
            }
            taken += bytes;
        }

        void giveBack() {
            room.free.addAndGet(taken);
            taken = 0;
        }

        private static ElpisException full() {
            return new ElpisException(
                    ErrorCode.TOO_MANY_REQUESTS, "too many bytes of requests are being worked on, try again later");
        }
    }
}
