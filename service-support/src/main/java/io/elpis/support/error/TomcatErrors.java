package io.elpis.support.error;

import io.elpis.model.error.ElpisException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Tomcat refuses before any servlet sees it (a broken URL, say), in JSON instead of a page. */
public final class TomcatErrors extends ErrorReportValve {
    private static final Logger log = LoggerFactory.getLogger(TomcatErrors.class);

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        String message = response.getMessage();
        ElpisException failure =
                Failures.fromStatus(status, message == null || message.isBlank() ? "HTTP " + status : message);
        byte[] body = ErrorBody.of(failure);
        try {
            response.setContentType(ErrorBody.CONTENT_TYPE);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            log.debug("the caller is gone", e);
        }
    }
}
