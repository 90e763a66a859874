package io.elpis.model.document;

import io.elpis.model.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The members of a partial document by name, in its order, and where its bytes hold them. */
final class PartialDocument {

    /**
     * @param from where the name begins, with its quotation mark
     * @param members null unless the value is an object
     */
    record Member(int from, int valueFrom, int to, @Nullable Map<String, Member> members) {}

    private PartialDocument() {}

    /** @throws io.elpis.model.error.ElpisException MAPPER_PARSING when it is no object or has a name twice in one */
    static Map<String, Member> read(byte[] partial) {
        try (JsonParser parser = Json.parser(partial)) {
            ParsingFailure.requireObject(parser);
            Map<String, Member> members = members(parser);
            ParsingFailure.requireEnd(parser);
            return members;
        }
    }

    private static Map<String, Member> members(JsonParser parser) {
        Map<String, Member> members = new LinkedHashMap<>();
        String name;
        while ((name = parser.nextName()) != null) {
            int from = offset(parser);
            if (members.containsKey(name)) {
                throw ParsingFailure.duplicate(name, parser);
            }
            JsonToken token = parser.nextToken();
            int valueFrom = offset(parser);
            Map<String, Member> below = token == JsonToken.START_OBJECT ? members(parser) : null;
            members.put(name, new Member(from, valueFrom, Json.valueEnd(parser), below));
        }
        return members;
    }

    private static int offset(JsonParser parser) {
        return (int) parser.currentTokenLocation().getByteOffset();
    }
}
