package io.elpis.index.http;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.indices.IndicesOptions;
import io.elpis.model.shape.AnswerShape;
import io.elpis.model.time.TimeValue;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A request's query parameters; those an endpoint does not know are refused. */
public final class Parameters {
    /** Shape the answer for human readers and are taken everywhere. */
    private static final Set<String> EVERYWHERE =
            Set.of("pretty", "human", "error_trace", "filter_path", "format", "v", "help");

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private final Map<String, String[]> values;

    private Parameters(Map<String, String[]> values) {
        this.values = values;
    }

    /** @throws ElpisException ILLEGAL_ARGUMENT for parameters that are not among the known ones */
    public static Parameters of(HttpServletRequest request, Set<String> known) {
        refuseForm(request.getContentType());
        Map<String, String[]> values = request.getQueryString() == null ? Map.of() : request.getParameterMap();
        Set<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(known);
        unknown.removeAll(EVERYWHERE);
        if (!unknown.isEmpty()) {
            throw new ElpisException(
                    ErrorCode.ILLEGAL_ARGUMENT,
                    "request [" + request.getRequestURI() + "] contains unrecognized parameter"
                            + (unknown.size() > 1 ? "s" : "") + ": "
                            + String.join(
                                    ", ",
                                    unknown.stream()
                                            .map(name -> "[" + name + "]")
                                            .toList()));
        }
        Parameters parameters = new Parameters(values);
        // What is wrong with it is told before anything is done; the answer is shaped on its way out.
        if (AnswerShape.mayBeIn(request.getQueryString())) {
            var unused = AnswerShape.of(parameters.flag("pretty", false), parameters.list("filter_path"));
        }
        return parameters;
    }

    /** A form's body would be taken for parameters. */
    private static void refuseForm(@Nullable String contentType) {
        if (contentType != null && contentType.regionMatches(true, 0, "application/x-www-form-urlencoded", 0, 33)) {
            throw new ElpisException(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Content-Type header [" + contentType + "] is not supported");
        }
    }

    public @Nullable String text(String name) {
        String[] all = values.get(name);
        return all == null || all.length == 0 ? null : all[all.length - 1];
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** {@code ?v} and {@code ?v=true} are the same. */
    public boolean flag(String name, boolean otherwise) {
        String value = text(name);
        if (value == null) {
            return otherwise;
        }
        return switch (value) {
            case "", "true" -> true;
            case "false" -> false;
            default ->
                throw new ElpisException(
                        ErrorCode.ILLEGAL_ARGUMENT,
                        "Failed to parse value [" + value + "] as only [true] or [false] are allowed.");
        };
    }

    public @Nullable Long whole(String name) {
        String value = text(name);
        if (value == null) {
            return null;
        }
        try {
            return Long.valueOf(value);
        } catch (NumberFormatException e) {
            throw new ElpisException(
                    ErrorCode.ILLEGAL_ARGUMENT,
                    "Failed to parse long parameter [" + name + "] with value [" + value + "]");
        }
    }

    /** How long to wait: not at all for a negative time, and never longer than ten minutes. */
    public Duration patience(String name, Duration otherwise) {
        String value = text(name);
        Duration wanted = value == null ? otherwise : TimeValue.parse(value, name);
        if (wanted.isNegative()) {
            return Duration.ZERO;
        }
        return wanted.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wanted;
    }

    /** How to read what the path says in place of one index. */
    public IndicesOptions indices() {
        String words = text("expand_wildcards");
        return new IndicesOptions(
                flag("ignore_unavailable", false),
                flag("allow_no_indices", true),
                IndicesOptions.expands(words == null ? "open" : words));
    }

    /** Comma-separated; empty when absent. */
    public List<String> list(String name) {
        String value = text(name);
        return value == null || value.isEmpty() ? List.of() : List.of(value.split(","));
    }
}
