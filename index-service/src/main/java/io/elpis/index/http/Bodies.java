package io.elpis.index.http;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads request bodies, once and into one array, up to a limit and as far as there is room among all bodies. */
public final class Bodies {
    private static final int FIRST_BYTES = 64 << 10;

    /** Most requests that do not say how much they send, send nothing. */
    private static final int UNDECLARED_BYTES = 4 << 10;

    private Bodies() {}

    /**
     * Memory is taken as bytes come in, not for what a caller says that it will send.
     *
     * @throws ElpisException CONTENT_TOO_LARGE before more than the limit has been read, TOO_MANY_REQUESTS without room
     */
    public static byte[] read(HttpServletRequest request, long limit) throws IOException {
        long declared = request.getContentLengthLong();
        if (declared > limit) {
            throw tooLarge(limit);
        }
        BodyRoom.Share room = BodyRoom.of(request);
        room.check(declared);
        long most = declared >= 0 ? declared : Math.min(limit + 1, Integer.MAX_VALUE - 8);
        byte[] body = room.array((int) Math.min(most, declared < 0 ? UNDECLARED_BYTES : FIRST_BYTES));
        int length = 0;
        try (InputStream in = request.getInputStream()) {
            while (true) {
                length += in.readNBytes(body, length, body.length - length);
                if (length < body.length || length == most) {
                    break;
                }
                body = room.grown(body, (int) Math.min(most, 2L * body.length));
            }
        }
        if (length < declared) {
            throw new EOFException("the body ended after " + length + " of " + declared + " bytes");
        }
        if (length > limit) {
            throw tooLarge(limit);
        }
        return length == body.length ? body : Arrays.copyOf(body, length);
    }

    public static boolean isBlank(byte[] body) {
        for (byte octet : body) {
            if (octet != ' ' && octet != '\n' && octet != '\r' && octet != '\t') {
                return false;
            }
        }
        return true;
    }

    /** @throws ElpisException PARSING for an empty body */
    public static byte[] required(byte[] body) {
        if (isBlank(body)) {
            throw new ElpisException(ErrorCode.PARSING, "request body is required");
        }
        return body;
    }

    /** OpenSearch refuses a body where none is taken. */
    public static void none(HttpServletRequest request, byte[] body) {
        if (!isBlank(body)) {
            throw new ElpisException(
                    ErrorCode.ILLEGAL_ARGUMENT,
                    "request [" + request.getMethod() + " " + request.getRequestURI()
                            + "] does not support having a body");
        }
    }

    private static ElpisException tooLarge(long limit) {
        return new ElpisException(
                ErrorCode.CONTENT_TOO_LARGE, "the request body is larger than the limit of [" + limit + "] bytes");
    }
}
