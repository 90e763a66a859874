package io.elpis.support.error;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.util.DisconnectedClientHelper;

/** Turns whatever was thrown on the way to an answer into a failure that may be shown. */
public final class Failures {
    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    /** Logs, here and only here, what is no caller's fault. */
    public static ElpisException of(Throwable thrown) {
        return switch (thrown) {
            case ElpisException known -> known;
            case ErrorResponse http -> fromStatus(http.getStatusCode().value(), detail(http));
            case HttpMessageNotReadableException unreadable ->
                new ElpisException(ErrorCode.PARSING, "the request body cannot be read");
            case TypeMismatchException mismatch ->
                new ElpisException(
                        ErrorCode.ILLEGAL_ARGUMENT,
                        "failed to parse [" + mismatch.getPropertyName() + "] with value [" + mismatch.getValue()
                                + "]");
            case TimeoutException late -> new ElpisException(ErrorCode.TIMED_OUT, "the request took too long");
            default -> unexpected(thrown);
        };
    }

    /** As OpenSearch says it. */
    static ElpisException noHandler(String uri, String method) {
        return new ElpisException(
                ErrorCode.ILLEGAL_ARGUMENT, "no handler found for uri [" + uri + "] and method [" + method + "]");
    }

    /** @param reason shown to the caller */
    public static ElpisException fromStatus(int status, String reason) {
        return new ElpisException(code(status), reason);
    }

    private static ErrorCode code(int status) {
        return switch (status) {
            case 401 -> ErrorCode.UNAUTHENTICATED;
            case 403 -> ErrorCode.FORBIDDEN;
            case 404 -> ErrorCode.RESOURCE_NOT_FOUND;
            case 405 -> ErrorCode.METHOD_NOT_ALLOWED;
            case 409 -> ErrorCode.VERSION_CONFLICT;
            case 413 -> ErrorCode.CONTENT_TOO_LARGE;
            case 415, 406 -> ErrorCode.UNSUPPORTED_MEDIA_TYPE;
            case 429 -> ErrorCode.TOO_MANY_REQUESTS;
            case 503 -> ErrorCode.SERVICE_UNAVAILABLE;
            case 504 -> ErrorCode.TIMED_OUT;
            default -> status < 500 ? ErrorCode.ILLEGAL_ARGUMENT : ErrorCode.INTERNAL;
        };
    }

    private static String detail(ErrorResponse http) {
        String detail = http.getBody().getDetail();
        return detail == null ? "HTTP " + http.getStatusCode().value() : detail;
    }

    private static ElpisException unexpected(Throwable thrown) {
        if (!DisconnectedClientHelper.isClientDisconnectedException(thrown)) {
            log.error("unexpected failure", thrown);
        }
        return new ElpisException(ErrorCode.INTERNAL, "an internal error; the log of this service says more");
    }
}
