package io.elpis.aggregator.rest;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a request line asks for. */
sealed interface Route {
    /** @param index names and patterns; empty: all indices */
    record Search(String index) implements Route {}

    record Count(String index) implements Route {}

    record Document(String index, String id, boolean head) implements Route {}

    record Source(String index, String id, boolean head) implements Route {}

    /** @param index of documents that name none; empty: each names its own */
    record MultiGet(String index) implements Route {}

    /**
     * @param path as sent, encoded
     * @return null when it is none of these
     */
    static @Nullable Route of(String method, String path) {
        String[] parts = path.substring(path.startsWith("/") ? 1 : 0).split("/", -1);
        int length = parts.length > 1 && parts[parts.length - 1].isEmpty() ? parts.length - 1 : parts.length;
        boolean head = method.equals("HEAD");
        boolean get = method.equals("GET");
        return switch (length) {
            case 1 -> get || method.equals("POST") ? over("", parts[0]) : null;
            case 2 -> get || method.equals("POST") ? over(decoded(parts[0]), parts[1]) : null;
            case 3 -> get || head ? one(decoded(parts[0]), parts[1], decoded(parts[2]), head) : null;
            default -> null;
        };
    }

    private static @Nullable Route over(String index, String action) {
        return switch (action) {
            case "_search" -> new Search(index);
            case "_count" -> new Count(index);
            case "_mget" -> new MultiGet(index);
            default -> null;
        };
    }

    private static @Nullable Route one(String index, String action, String id, boolean head) {
        if (id.isEmpty() || index.isEmpty()) {
            return null;
        }
        return switch (action) {
            case "_doc" -> new Document(index, id, head);
            case "_source" -> new Source(index, id, head);
            default -> null;
        };
    }

    private static String decoded(String segment) {
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        // In a path, unlike in a query, a plus is a plus.
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
