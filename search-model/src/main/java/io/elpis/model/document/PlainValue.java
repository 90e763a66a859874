package io.elpis.model.document;

import io.elpis.model.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** JSON values as values of Java, to be compared: maps, lists, texts, numbers and booleans. */
final class PlainValue {
    private PlainValue() {}

    /**
     * Whether two spans hold the same value. Whole numbers differ from those with a fraction or an exponent, as in
     * OpenSearch; the order of an object's members counts for nothing.
     */
    static boolean same(byte[] left, int from, int to, byte[] right, int rightFrom, int rightTo) {
        return Arrays.equals(left, from, to, right, rightFrom, rightTo)
                || equal(read(left, from, to), read(right, rightFrom, rightTo));
    }

    private static boolean equal(@Nullable Object left, @Nullable Object right) {
        return left == null ? right == null : left.equals(right);
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
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new IllegalStateException("no value: " + parser.currentToken());
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
