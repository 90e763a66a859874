package io.elpis.model.body;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;

/** Reads JSON that somebody sent. */
public final class JsonBody {
    /** Where the parser speaks of its source, which it does not show, and of its own settings. */
    private static final Pattern INNER_MATTERS =
            Pattern.compile("\\s*\\([^()\\[]*\\[Source:[^]]*]\\)|\\s*(?:at )?\\[Source:[^]]*]|, from `[^`]*`"
                    + "|\\s*\\(consider enabling `.*\\)|: enable `[^`]*` to allow"
                    + "|\\s*\\(not recognized as one since [^)]*\\)");

    private static final Pattern BEHIND_THE_END =
            Pattern.compile("Trailing token \\(`JsonToken\\.(\\w+)`\\) found after value.*", Pattern.DOTALL);

    private JsonBody() {}

    /**
     * The whole as a tree, for what is small and rare; no bytes at all are an empty object.
     *
     * @throws ElpisException PARSING when it is no JSON object
     */
    public static JsonNode object(byte[] bytes) {
        JsonNode node;
        try {
            node = Json.tree(bytes);
        } catch (JacksonException e) {
            throw malformed(e);
        }
        if (!node.isObject()) {
            throw new ElpisException(ErrorCode.PARSING, "request body must be a JSON object");
        }
        return node;
    }

    /** The whole as maps, lists, texts, numbers and booleans; members that are null are left out. */
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
            case ARRAY ->
                value.valueStream().<@Nullable Object>map(JsonBody::plain).toList();
            case STRING -> value.stringValue();
            case NUMBER -> value.numberValue();
            case BOOLEAN -> value.booleanValue();
            case NULL, MISSING, BINARY, POJO -> null;
        };
    }

    /** What to tell the sender of bytes that are not JSON. */
    public static ElpisException malformed(JacksonException e) {
        return at(e.getLocation(), describe(e));
    }

    /** The mistake in words, with its place. */
    public static String describe(JacksonException e) {
        TokenStreamLocation place = e.getLocation();
        return place == null
                ? mistake(e)
                : mistake(e) + " at line " + place.getLineNr() + ", column " + place.getColumnNr();
    }

    /** The mistake in words, without its place. */
    public static String mistake(JacksonException e) {
        String told = INNER_MATTERS.matcher(e.getOriginalMessage()).replaceAll("");
        return BEHIND_THE_END.matcher(told).replaceAll("Unexpected [$1] behind the end of the request's body");
    }

    /** A PARSING error at a place. */
    public static ElpisException at(@Nullable TokenStreamLocation place, String reason) {
        return place == null
                ? new ElpisException(ErrorCode.PARSING, reason)
                : new ElpisException(
                        ErrorCode.PARSING, reason, Map.of("line", place.getLineNr(), "col", place.getColumnNr()));
    }
}
