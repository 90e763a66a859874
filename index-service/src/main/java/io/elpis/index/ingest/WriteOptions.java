package io.elpis.index.ingest;

import io.elpis.index.http.ActiveShards;
import io.elpis.index.http.Parameters;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.protocol.session.SessionToken;
import io.elpis.support.access.Callers;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What applies to a write request as a whole.
 *
 * @param idempotencyKey names the request, so that it may be sent again
 * @param seen by the caller before
 */
record WriteOptions(
        Refresh refresh, Duration timeout, @Nullable IdempotencyKey idempotencyKey, SessionToken seen) {
    private static final int MAX_KEY = 256;

    static WriteOptions of(HttpServletRequest request, Parameters parameters, Duration timeout) {
        String key = request.getHeader("Idempotency-Key");
        if (key != null && (key.isBlank() || key.length() > MAX_KEY)) {
            throw new ElpisException(
                    ErrorCode.ILLEGAL_ARGUMENT, "Idempotency-Key must have 1 to " + MAX_KEY + " characters");
        }
        if (parameters.flag("require_alias", false)) {
            throw new ElpisException(ErrorCode.ILLEGAL_ARGUMENT, "[require_alias] is not supported");
        }
        ActiveShards.check(parameters);
        return new WriteOptions(
                Refresh.of(parameters.text("refresh")),
                parameters.patience("timeout", timeout),
                key == null
                        ? null
                        : new IdempotencyKey(Callers.of(request::getAttribute).subject(), key),
                Sessions.of(request));
    }
}
