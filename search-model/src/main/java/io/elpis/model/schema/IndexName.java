package io.elpis.model.schema;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A name an index may have, by OpenSearch's rules. */
public record IndexName(String value) implements Comparable<IndexName> {
    private static final String FORBIDDEN = "\\/*?\"<>| ,";
    private static final int MAX_BYTES = 255;

    /** @throws ElpisException INVALID_INDEX_NAME with the rule that is broken */
    public IndexName {
        String rule = broken(value);
        if (rule != null) {
            throw new ElpisException(
                    ErrorCode.INVALID_INDEX_NAME,
                    "Invalid index name [" + value + "], " + rule,
                    Map.of("index", value, "index_uuid", "_na_"));
        }
    }

    /** Whether an index may have this name; no index has another. */
    public static boolean isValid(String name) {
        return broken(name) == null;
    }

    /** The rule that a name breaks. */
    private static @Nullable String broken(String value) {
        if (value.isEmpty()) {
            return "must not be empty";
        }
        if (value.chars().anyMatch(c -> FORBIDDEN.indexOf(c) >= 0 || c < ' ')) {
            return "must not contain the following characters [ , \", *, \\, <, |, ,, >, /, ?]";
        }
        if (value.indexOf('#') >= 0) {
            return "must not contain '#'";
        }
        if (value.indexOf(':') >= 0) {
            return "must not contain ':'";
        }
        if (value.charAt(0) == '_' || value.charAt(0) == '-' || value.charAt(0) == '+') {
            return "must not start with '_', '-', or '+'";
        }
        if (value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return "index name is too long, (" + value.length() + " > " + MAX_BYTES + ")";
        }
        if (value.equals(".") || value.equals("..")) {
            return "must not be '.' or '..'";
        }
        if (!value.equals(value.toLowerCase(Locale.ROOT))) {
            return "must be lowercase";
        }
        return null;
    }

    @Override
    public int compareTo(IndexName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
