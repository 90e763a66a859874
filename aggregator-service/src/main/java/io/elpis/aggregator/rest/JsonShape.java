package io.elpis.aggregator.rest;

import io.elpis.model.body.JsonBody;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code pretty} and {@code filter_path}: for readers and lean clients; who asks for neither pays nothing. */
final class JsonShape {
    private JsonShape() {}

    /** @param json taken over; the result is the caller's */
    static ByteBuf of(@Nullable String query, ByteBuf json) {
        if (query == null || !query.contains("pretty") && !query.contains("filter_path")) {
            return json;
        }
        Parameters parameters = Parameters.of(query);
        boolean pretty = parameters.flag("pretty", false);
        List<String> paths = parameters.list("filter_path");
        if (!pretty && paths.isEmpty()) {
            return json;
        }
        byte[] bytes = ByteBufUtil.getBytes(json);
        json.release();
        JsonNode tree = JsonBody.object(bytes);
        if (!paths.isEmpty()) {
            tree = filtered(tree, paths);
        }
        String text = pretty ? tree.toPrettyString() + "\n" : tree.toString();
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode filtered(JsonNode tree, List<String> paths) {
        List<List<String>> kept = new ArrayList<>();
        List<List<String>> dropped = new ArrayList<>();
        for (String path : paths) {
            boolean exclude = path.startsWith("-");
            (exclude ? dropped : kept)
                    .add(List.of(path.substring(exclude ? 1 : 0).split("\\.")));
        }
        if (!kept.isEmpty()) {
            keep(tree, kept);
        }
        if (!dropped.isEmpty()) {
            drop(tree, dropped);
        }
        return tree;
    }

    /** @return whether anything is left */
    private static boolean keep(JsonNode node, List<List<String>> paths) {
        if (node instanceof ArrayNode array) {
            List<JsonNode> left = new ArrayList<>();
            array.forEach(element -> {
                if (keep(element, paths)) {
                    left.add(element);
                }
            });
            array.removeAll().addAll(left);
            return !left.isEmpty();
        }
        if (!(node instanceof ObjectNode object)) {
            return false;
        }
        for (String name : List.copyOf(object.propertyNames())) {
            List<List<String>> below = below(name, paths);
            boolean whole = below.stream().anyMatch(List::isEmpty);
            if (!whole && (below.isEmpty() || !keep(object.get(name), below))) {
                object.remove(name);
            }
        }
        return !object.isEmpty();
    }

    private static void drop(JsonNode node, List<List<String>> paths) {
        if (node instanceof ArrayNode array) {
            array.forEach(element -> drop(element, paths));
        } else if (node instanceof ObjectNode object) {
            for (String name : List.copyOf(object.propertyNames())) {
                List<List<String>> below = below(name, paths);
                if (below.stream().anyMatch(List::isEmpty)) {
                    object.remove(name);
                } else if (!below.isEmpty()) {
                    drop(object.get(name), below);
                }
            }
        }
    }

    /** What is left of the paths below a member. */
    private static List<List<String>> below(String name, List<List<String>> paths) {
        List<List<String>> below = new ArrayList<>();
        for (List<String> path : paths) {
            String first = path.getFirst();
            List<String> rest = path.subList(1, path.size());
            if (first.equals("**")) {
                below.add(path);
                if (!rest.isEmpty() && matches(rest.getFirst(), name)) {
                    below.add(rest.subList(1, rest.size()));
                }
            } else if (matches(first, name)) {
                below.add(rest);
            }
        }
        return below;
    }

    private static boolean matches(String pattern, String name) {
        if (pattern.indexOf('*') < 0) {
            return pattern.equals(name);
        }
        StringBuilder regex = new StringBuilder();
        for (String part : pattern.split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(java.util.regex.Pattern.quote(part));
        }
        return name.matches(regex.toString());
    }
}
