package io.elpis.model.json;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reading and writing JSON. Thread-safe. */
public final class Json {
    private static final int MAX_DEPTH = 200;
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(MAX_DEPTH)
            .maxStringLength(100_000_000)
            .build();

    private static final JsonFactory FACTORY =
            JsonFactory.builder().streamReadConstraints(LIMITS).build();
    private static final JsonMapper TREES = JsonMapper.builder(FACTORY.rebuild()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    private Json() {}

    /** A parser over the bytes, without a copy of them. */
    public static JsonParser parser(byte[] bytes, int offset, int length) {
        return FACTORY.createParser(ObjectReadContext.empty(), bytes, offset, length);
    }

    public static JsonParser parser(byte[] bytes) {
        return parser(bytes, 0, bytes.length);
    }

    /**
     * The whole as a tree, for what is small and rare.
     *
     * @throws ElpisException PARSING when it is no JSON object; no bytes at all are an empty object
     */
    public static JsonNode object(byte[] bytes) {
        try {
            JsonNode node = TREES.readTree(bytes);
            if (node.isMissingNode()) {
                return TREES.createObjectNode();
            }
            if (!node.isObject()) {
                throw new ElpisException(ErrorCode.PARSING, "request body must be a JSON object");
            }
            return node;
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    /** The whole as maps, lists, texts, numbers and booleans; no bytes are no members, and members that are null are left out. */
    public static Map<String, Object> map(byte[] bytes) {
        Map<String, Object> members = new LinkedHashMap<>();
        object(bytes).forEachEntry((name, value) -> {
            Object plain = plain(value);
            if (plain != null) {
                members.put(name, plain);
            }
        });
        return members;
    }

    private static @Nullable Object plain(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> {
                Map<String, @Nullable Object> members = new LinkedHashMap<>();
                value.forEachEntry((name, member) -> members.put(name, plain(member)));
                yield members;
            }
            case ARRAY -> value.valueStream().<@Nullable Object>map(Json::plain).toList();
            case STRING -> value.stringValue();
            case NUMBER -> value.numberValue();
            case BOOLEAN -> value.booleanValue();
            case NULL, MISSING, BINARY, POJO -> null;
        };
    }

    public static byte[] write(Consumer<JsonGenerator> content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            content.accept(generator);
        }
        return out.toByteArray();
    }

    /** Writes text, numbers, booleans, null, maps and lists of these. */
    public static void writeValue(JsonGenerator out, @Nullable Object value) {
        switch (value) {
            case null -> out.writeNull();
            case String text -> out.writeString(text);
            case Integer number -> out.writeNumber(number);
            case Long number -> out.writeNumber(number);
            case Float number -> out.writeNumber(number);
            case Double number -> out.writeNumber(number);
            case Boolean flag -> out.writeBoolean(flag);
            case Map<?, ?> map -> {
                out.writeStartObject();
                map.forEach((name, member) -> {
                    out.writeName(String.valueOf(name));
                    writeValue(out, member);
                });
                out.writeEndObject();
            }
            case Iterable<?> list -> {
                out.writeStartArray();
                list.forEach(member -> writeValue(out, member));
                out.writeEndArray();
            }
            default -> out.writeString(value.toString());
        }
    }

    /** What to tell the sender of bytes that are not JSON. */
    public static ElpisException malformed(JacksonException e) {
        return at(e.getLocation(), describe(e));
    }

    /** The mistake in words, with its place. */
    public static String describe(JacksonException e) {
        String what = e instanceof StreamReadException ? e.getOriginalMessage() : String.valueOf(e.getMessage());
        TokenStreamLocation place = e.getLocation();
        return place == null ? what : what + " at line " + place.getLineNr() + ", column " + place.getColumnNr();
    }

    /** A PARSING error at a place. */
    public static ElpisException at(@Nullable TokenStreamLocation place, String reason) {
        return place == null
                ? new ElpisException(ErrorCode.PARSING, reason)
                : new ElpisException(
                        ErrorCode.PARSING, reason, Map.of("line", place.getLineNr(), "col", place.getColumnNr()));
    }
}
