package io.elpis.model.json;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reading and writing JSON. Thread-safe. */
public final class Json {
    private static final int MAX_DEPTH = 500;
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(MAX_DEPTH)
            .maxStringLength(100_000_000)
            .build();

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(LIMITS)
            // Whether names collide depends on what was parsed before: no reason to refuse on one copy and not on
            // another.
            .disable(TokenStreamFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            // JSON is UTF-8; places in a source count its bytes.
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .build();
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

    /** Where the parser's current value ends, in bytes from where the parser began; goes to its last token. */
    public static int valueEnd(JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_STRING) {
            parser.finishToken();
        } else if (token.isScalarValue()) {
            return (int) parser.currentTokenLocation().getByteOffset() + parser.getStringLength();
        } else {
            parser.skipChildren();
        }
        return (int) parser.currentLocation().getByteOffset();
    }

    /** The whole as a tree; no bytes at all are an empty object. */
    public static JsonNode tree(byte[] bytes) {
        JsonNode node = TREES.readTree(bytes);
        return node.isMissingNode() ? TREES.createObjectNode() : node;
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
}
