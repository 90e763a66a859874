package io.elpis.index.task;

import io.elpis.index.http.Parameters;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;

/** The parameter {@code requests_per_second}. */
public final class RequestRate {
    public static final float UNLIMITED = -1;

    private RequestRate() {}

    /** @return negative: as fast as it goes; also when it is not said */
    public static float of(Parameters parameters) {
        String text = parameters.text("requests_per_second");
        if (text == null || text.equals("-1") || text.equals("unlimited")) {
            return UNLIMITED;
        }
        try {
            float rate = Float.parseFloat(text);
            if (rate > 0 && Float.isFinite(rate)) {
                return rate;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new ElpisException(
                ErrorCode.ILLEGAL_ARGUMENT,
                "[requests_per_second] must be a float greater than 0. Use -1 to disable throttling.");
    }
}
