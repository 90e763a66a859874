package io.elpis.support.error;

import io.elpis.model.error.ElpisException;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** The edge of a servlet service: what a handler threw, and what the container itself refused. */
@Controller
@ControllerAdvice
public class ServletErrors implements ErrorController {
    @ExceptionHandler
    ResponseEntity<byte[]> thrown(Exception failure) {
        ResponseEntity<byte[]> answer = answer(Failures.of(failure));
        return failure instanceof HttpRequestMethodNotSupportedException method ? allowing(answer, method) : answer;
    }

    /** A refused method's answer tells those that are not. */
    private static ResponseEntity<byte[]> allowing(
            ResponseEntity<byte[]> answer, HttpRequestMethodNotSupportedException method) {
        return ResponseEntity.status(answer.getStatusCode())
                .headers(answer.getHeaders())
                .headers(method.getHeaders())
                .body(answer.getBody());
    }

    @ExceptionHandler(NoResourceFoundException.class)
    ResponseEntity<byte[]> unknown(HttpServletRequest request) {
        String query = request.getQueryString();
        String uri = query == null ? request.getRequestURI() : request.getRequestURI() + '?' + query;
        return answer(Failures.noHandler(uri, request.getMethod()));
    }

    @RequestMapping("${spring.web.error.path:/error}")
    ResponseEntity<byte[]> refused(HttpServletRequest request) {
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable thrown) {
            return answer(Failures.of(thrown));
        }
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        Object message = request.getAttribute(RequestDispatcher.ERROR_MESSAGE);
        String reason = message instanceof String text && !text.isBlank() ? text : "HTTP " + status;
        return answer(Failures.fromStatus(status, reason));
    }

    private static ResponseEntity<byte[]> answer(ElpisException failure) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(
                        HttpStatusCode.valueOf(failure.code().httpStatus()))
                .header(HttpHeaders.CONTENT_TYPE, ErrorBody.CONTENT_TYPE);
        ErrorBody.headers(failure.code()).forEach(answer::header);
        return answer.body(ErrorBody.of(failure));
    }
}
