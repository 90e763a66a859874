package io.elpis.model.error;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A failure that reaches the caller as an answer in OpenSearch's error shape. */
public final class ElpisException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient Map<String, Object> details;

    public ElpisException(ErrorCode code, String reason) {
        this(code, reason, Map.of(), null);
    }

    public ElpisException(ErrorCode code, String reason, Map<String, Object> details) {
        this(code, reason, details, null);
    }

    /** @param details further members of the error object, such as {@code line}, {@code col}, {@code index} */
    public ElpisException(ErrorCode code, String reason, Map<String, Object> details, @Nullable Throwable cause) {
        super(reason, cause);
        this.code = code;
        this.details = Map.copyOf(details);
    }

    public ErrorCode code() {
        return code;
    }

    public String reason() {
        String message = getMessage();
        return message == null ? code.type() : message;
    }

    public Map<String, Object> details() {
        return details;
    }
}
