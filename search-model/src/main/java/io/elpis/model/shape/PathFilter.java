package io.elpis.model.shape;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.search.Wildcard;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * {@code filter_path}: which members an answer keeps. In a path's parts {@code *} stands for any characters, and
 * {@code **} for any number of parts; paths that start with a minus name what goes.
 *
 * @param kept empty: all that is not dropped
 */
public record PathFilter(List<List<String>> kept, List<List<String>> dropped) {
    private static final String ANY_DEPTH = "**";

    /**
     * @return null when there are no paths
     * @throws ElpisException ILLEGAL_ARGUMENT when a path has an empty part
     */
    static @Nullable PathFilter of(List<String> paths) {
        List<List<String>> kept = new ArrayList<>();
        List<List<String>> dropped = new ArrayList<>();
        for (String path : paths) {
            boolean exclude = path.startsWith("-");
            List<String> parts = List.of(path.substring(exclude ? 1 : 0).split("\\.", -1));
            if (parts.contains("")) {
                throw new ElpisException(
                        ErrorCode.ILLEGAL_ARGUMENT, "[filter_path] has a path with an empty part [" + path + "]");
            }
            (exclude ? dropped : kept).add(parts);
        }
        return paths.isEmpty() ? null : new PathFilter(kept, dropped);
    }

    /** @param in at an object or a list, of which at least the brackets are kept */
    void copy(JsonParser in, JsonCopy out) {
        JsonToken open = in.currentToken();
        out.hold(open);
        out.release();
        new Run(in, out).inside(open, kept.isEmpty() ? null : kept, dropped);
        out.close(0, open);
    }

    private record Run(JsonParser in, JsonCopy out) {
        /** @param wanted paths from here on; null: all is wanted */
        void members(@Nullable List<List<String>> wanted, List<List<String>> unwanted) {
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                in.nextToken();
                List<List<String>> inside = wanted == null ? null : below(name, wanted);
                List<List<String>> outside = below(name, unwanted);
                if (isWhole(outside) || inside != null && inside.isEmpty()) {
                    in.skipChildren();
                    continue;
                }
                int mark = out.hold(name);
                value(inside == null || isWhole(inside) ? null : inside, outside);
                out.dropSince(mark);
            }
        }

        private void value(@Nullable List<List<String>> wanted, List<List<String>> unwanted) {
            JsonToken token = in.currentToken();
            if (wanted == null && unwanted.isEmpty()) {
                out.value();
            } else if (token.isStructStart()) {
                struct(token, wanted, unwanted);
            } else if (wanted == null) {
                out.value();
            }
        }

        private void struct(JsonToken open, @Nullable List<List<String>> wanted, List<List<String>> unwanted) {
            int mark = out.hold(open);
            if (wanted == null) {
                out.release();
            }
            inside(open, wanted, unwanted);
            out.close(mark, open);
        }

        void inside(JsonToken open, @Nullable List<List<String>> wanted, List<List<String>> unwanted) {
            if (open == JsonToken.START_OBJECT) {
                members(wanted, unwanted);
            } else {
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    value(wanted, unwanted);
                }
            }
        }
    }

    private static boolean isWhole(List<List<String>> paths) {
        return paths.contains(List.<String>of());
    }

    /** What is left of the paths below a member. */
    private static List<List<String>> below(String name, List<List<String>> paths) {
        if (paths.isEmpty()) {
            return paths;
        }
        // Each once: depth after depth, paths with several ** would multiply.
        Set<List<String>> below = new LinkedHashSet<>();
        for (List<String> path : paths) {
            below(name, path, below);
        }
        return List.copyOf(below);
    }

    private static void below(String name, List<String> path, Set<List<String>> below) {
        List<String> rest = path.subList(1, path.size());
        if (!path.getFirst().equals(ANY_DEPTH)) {
            if (Wildcard.matches(path.getFirst(), name)) {
                below.add(rest);
            }
        } else if (rest.isEmpty()) {
            below.add(rest);
        } else {
            below.add(path);
            below(name, rest, below);
        }
    }
}
