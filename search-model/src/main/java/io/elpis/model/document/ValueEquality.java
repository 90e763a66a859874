package io.elpis.model.document;

import io.elpis.model.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Whether two JSON values are the same as values of Java: maps, lists, texts, numbers and booleans. Whole numbers differ
 * from those with a fraction or an exponent, as in OpenSearch; the order of an object's members counts for nothing.
 */
final class ValueEquality {
    /** Longer values with members in another order count as different: building them in memory could take too much. */
    static final int LARGEST_REORDERED = 1 << 20;

    private enum Verdict {
        SAME,
        DIFFERENT,
        /** As far as it goes the same, but for the order of members. */
        REORDERED
    }

    private ValueEquality() {}

    /** Compares two spans, each of which holds one value. */
    static boolean same(byte[] left, int from, int to, byte[] right, int rightFrom, int rightTo) {
        if (Arrays.equals(left, from, to, right, rightFrom, rightTo)) {
            return true;
        }
        return switch (inStep(left, from, to, right, rightFrom, rightTo)) {
            case SAME -> true;
            case DIFFERENT -> false;
            case REORDERED ->
                Math.max(to - from, rightTo - rightFrom) <= LARGEST_REORDERED
                        && Objects.equals(read(left, from, to), read(right, rightFrom, rightTo));
        };
    }

    private static Verdict inStep(byte[] left, int from, int to, byte[] right, int rightFrom, int rightTo) {
        try (JsonParser one = Json.parser(left, from, to - from);
                JsonParser other = Json.parser(right, rightFrom, rightTo - rightFrom)) {
            JsonToken token;
            while ((token = one.nextToken()) == other.nextToken()) {
                if (token == null) {
                    return Verdict.SAME;
                }
                if (token == JsonToken.PROPERTY_NAME && !one.currentName().equals(other.currentName())) {
                    return Verdict.REORDERED;
                }
                if (token.isScalarValue() && !Objects.equals(scalar(one), scalar(other))) {
                    return Verdict.DIFFERENT;
                }
            }
            return Verdict.DIFFERENT;
        }
    }

    private static @Nullable Object read(byte[] bytes, int from, int to) {
        try (JsonParser parser = Json.parser(bytes, from, to - from)) {
            parser.nextToken();
            return read(parser);
        }
    }

    private static @Nullable Object read(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            default -> scalar(parser);
        };
    }

    private static @Nullable Object scalar(JsonParser parser) {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new IllegalStateException("no value: " + parser.currentToken());
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) {
        Map<String, @Nullable Object> members = new HashMap<>();
        String name;
        while ((name = parser.nextName()) != null) {
            if (members.containsKey(name)) {
                throw ParsingFailure.duplicate(name, parser);
            }
            parser.nextToken();
            members.put(name, read(parser));
        }
        return members;
    }

    private static List<@Nullable Object> array(JsonParser parser) {
        List<@Nullable Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(read(parser));
        }
        return elements;
    }
}
