package io.elpis.model.search;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;

/** How deep a page may lie. */
public final class ResultWindow {
    private ResultWindow() {}

    /** @throws ElpisException ILLEGAL_ARGUMENT when {@code from + size} is beyond the window */
    public static void check(SearchRequest request, int maxResultWindow) {
        long end = (long) request.from() + request.size();
        if (end > maxResultWindow) {
            throw new ElpisException(
                    ErrorCode.ILLEGAL_ARGUMENT,
                    "Result window is too large, from + size must be less than or equal to: [" + maxResultWindow
                            + "] but was [" + end + "]. See the scroll api for a more efficient way to request large"
                            + " data sets. This limit can be set by changing the [index.max_result_window] index level"
                            + " setting.");
        }
    }
}
