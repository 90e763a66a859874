package io.elpis.launcher.bench;

import java.util.HashSet;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the first members of a page, which tell how whole it is, and leaves its hits unread: whoever measures on the
 * machine that is measured had better not parse every answer.
 */
final class PageHead {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> WANTED = Set.of("timed_out", "_shards");

    private PageHead() {}

    /** @throws StreamReadException when it is no page */
    static boolean partial(byte[] page) {
        try (JsonParser parser = JSON.createParser(page)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new StreamReadException(parser, "not an object");
            }
            boolean partial = false;
            var missing = new HashSet<>(WANTED);
            while (!missing.isEmpty()) {
                String member = parser.nextName();
                if (member == null) {
                    throw new StreamReadException(parser, "no member " + String.join(", ", missing));
                }
                parser.nextToken();
                missing.remove(member);
                partial |= switch (member) {
                    case "timed_out" -> parser.getBooleanValue();
                    case "_shards" -> failedShards(parser);
                    default -> {
                        parser.skipChildren();
                        yield false;
                    }
                };
            }
            return partial;
        }
    }

    private static boolean failedShards(JsonParser parser) {
        boolean failed = false;
        for (String member = parser.nextName(); member != null; member = parser.nextName()) {
            parser.nextToken();
            if (member.equals("failed")) {
                failed = parser.getLongValue() > 0;
            } else {
                parser.skipChildren();
            }
        }
        return failed;
    }
}
