package io.elpis.analysis;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters of one part. Those nobody asks for are mistakes, and told as such. */
final class Parameters {
    private final String part;
    private final PatternRoom patterns;
    private final Map<String, Object> values;
    private final Set<String> unread;

    /**
     * @param part kind and name, for errors
     * @param patterns of the index
     */
    Parameters(String part, Map<String, Object> values, PatternRoom patterns) {
        this.patterns = patterns;
        this.part = part;
        this.values = values;
        this.unread = new HashSet<>(values.keySet());
        unread.remove("type");
        unread.remove("version");
    }

    static Parameters none(String part) {
        return new Parameters(part, Map.of(), new PatternRoom());
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    @Nullable
    String text(String name) {
        unread.remove(name);
        Object value = values.get(name);
        return value == null ? null : value.toString();
    }

    String text(String name, String plain) {
        String value = text(name);
        return value == null ? plain : value;
    }

    int number(String name, int plain) {
        String value = text(name);
        if (value == null) {
            return plain;
        }
        try {
            return Integer.parseInt(value.strip());
        } catch (NumberFormatException e) {
            throw mistake("Failed to parse value [" + value + "] for [" + name + "] of " + part);
        }
    }

    boolean flag(String name, boolean plain) {
        String value = text(name, Boolean.toString(plain));
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw mistake("Failed to parse value [" + value + "] for [" + name + "] of " + part);
        };
    }

    /** A list, or one text with commas between its items. */
    List<String> texts(String name) {
        unread.remove(name);
        return switch (values.get(name)) {
            case null -> List.of();
            case List<?> list -> list.stream().map(String::valueOf).toList();
            case Object text ->
                List.of(text.toString().split(",")).stream().map(String::strip).toList();
        };
    }

    PatternRoom patterns() {
        return patterns;
    }

    void requireAllRead() {
        if (!unread.isEmpty()) {
            throw mistake("unknown setting " + unread.stream().sorted().toList() + " of " + part);
        }
    }

    static ElpisException mistake(String reason) {
        return new ElpisException(ErrorCode.ILLEGAL_ARGUMENT, reason);
    }
}
