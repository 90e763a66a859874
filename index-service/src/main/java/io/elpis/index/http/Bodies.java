package io.elpis.index.http;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads request bodies, once and into one array, up to a limit. */
public final class Bodies {
    private Bodies() {}

    /** @throws ElpisException CONTENT_TOO_LARGE before more than the limit has been read */
    public static byte[] read(HttpServletRequest request, long limit) throws IOException {
        long declared = request.getContentLengthLong();
        if (declared > limit) {
            throw tooLarge(limit);
        }
        try (InputStream in = request.getInputStream()) {
            if (declared >= 0) {
                byte[] body = new byte[(int) declared];
                int read = in.readNBytes(body, 0, body.length);
                if (read < body.length) {
                    throw new EOFException("the body ended after " + read + " of " + declared + " bytes");
                }
                return body;
            }
            byte[] body = in.readNBytes((int) Math.min(limit + 1, Integer.MAX_VALUE - 8));
            if (body.length > limit) {
                throw tooLarge(limit);
            }
            return body;
        }
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
