package io.elpis.index.http;

import io.elpis.model.error.ElpisException;
import io.elpis.model.shape.AnswerShape;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.ByteArrayHttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/** Gives JSON answers the shape that the request asks for. */
@ControllerAdvice
public final class ShapedAnswers implements ResponseBodyAdvice<byte[]> {

    @Override
    public boolean supports(MethodParameter method, Class<? extends HttpMessageConverter<?>> converter) {
        return ByteArrayHttpMessageConverter.class.isAssignableFrom(converter);
    }

    @Override
    public byte @Nullable [] beforeBodyWrite(
            byte @Nullable [] body,
            MethodParameter method,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (body == null
                || body.length == 0
                || !MediaType.APPLICATION_JSON.isCompatibleWith(type)
                || !(request instanceof ServletServerHttpRequest servlet)) {
            return body;
        }
        AnswerShape shape = shape(servlet.getServletRequest());
        return shape.isPlain() ? body : shape.shaped(body, 0, body.length);
    }

    private static AnswerShape shape(HttpServletRequest request) {
        if (!AnswerShape.mayBeIn(request.getQueryString())) {
            return AnswerShape.PLAIN;
        }
        boolean pretty = values(request, "pretty").anyMatch(value -> value.isEmpty() || value.equals("true"));
        List<String> paths = values(request, "filter_path")
                .flatMap(list -> Arrays.stream(list.split(",")))
                .toList();
        try {
            return AnswerShape.of(pretty, paths);
        } catch (ElpisException mistake) {
            // The answer tells of it.
            return AnswerShape.PLAIN;
        }
    }

    private static Stream<String> values(HttpServletRequest request, String name) {
        String[] values = request.getParameterValues(name);
        return values == null ? Stream.empty() : Arrays.stream(values);
    }
}
