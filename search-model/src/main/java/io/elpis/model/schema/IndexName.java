package io.elpis.model.schema;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** A name an index may have, by OpenSearch's rules. */
public record IndexName(String value) implements Comparable<IndexName> {
    private static final String FORBIDDEN = "\\/*?\"<>| ,";
    private static final int MAX_BYTES = 255;

    /** @throws ElpisException INVALID_INDEX_NAME with the rule that is broken */
    public IndexName {
        if (value.isEmpty()) {
            throw invalid(value, "must not be empty");
        }
        if (value.chars().anyMatch(c -> FORBIDDEN.indexOf(c) >= 0 || c < ' ')) {
            throw invalid(value, "must not contain the following characters [ , \", *, \\, <, |, ,, >, /, ?]");
        }
        if (value.indexOf('#') >= 0) {
            throw invalid(value, "must not contain '#'");
        }
        if (value.indexOf(':') >= 0) {
            throw invalid(value, "must not contain ':'");
        }
        if (value.charAt(0) == '_' || value.charAt(0) == '-' || value.charAt(0) == '+') {
            throw invalid(value, "must not start with '_', '-', or '+'");
        }
        if (value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw invalid(value, "index name is too long, (" + value.length() + " > " + MAX_BYTES + ")");
        }
        if (value.equals(".") || value.equals("..")) {
            throw invalid(value, "must not be '.' or '..'");
        }
        if (!value.equals(value.toLowerCase(Locale.ROOT))) {
            throw invalid(value, "must be lowercase");
        }
    }

    private static ElpisException invalid(String name, String rule) {
        return new ElpisException(
                ErrorCode.INVALID_INDEX_NAME,
                "Invalid index name [" + name + "], " + rule,
                Map.of("index", name, "index_uuid", "_na_"));
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
