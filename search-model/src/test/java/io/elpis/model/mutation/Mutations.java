package io.elpis.model.mutation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Breaks valid JSON in one place or a few: its nodes, as senders do who misread a manual, and its bytes. */
public final class Mutations {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Stand in a tree for what no tree can hold. */
    private static final String MARK = "@@";

    private static final List<String> ODD = List.of(
            "null",
            "true",
            "false",
            "0",
            "-1",
            "-0.0",
            "1.5",
            "2147483648",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775809",
            "1e400",
            "1e-400",
            "1e2147483648",
            "1e-50000000",
            "1" + "0".repeat(999),
            "1" + "0".repeat(1_500),
            "0." + "3".repeat(400),
            "\"\"",
            "\" \"",
            "\"" + ".".repeat(3) + "\"",
            "\".a\"",
            "\"a.\"",
            "\"*\"",
            "\"_id\"",
            "\"_source\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\n\\t\"",
            "\"" + "x".repeat(600) + "\"",
            "\"" + "ü".repeat(40_000) + "\"",
            "\"" + "a.".repeat(60) + "a\"",
            "\"NaN\"",
            "\"-Infinity\"",
            "\"1e9999\"",
            "\"12345678901234567890\"",
            "\"" + "7".repeat(1_500) + "\"",
            "\"1h\"",
            "\"9999999999999999d\"",
            "\"-1\"",
            "\"now-1d/d\"",
            "\"2024-02-30\"",
            "\"+999999999-12-31T23:59:59Z\"",
            "\"yyyy\"",
            "\"'\"",
            "\"75%\"",
            "\"2<-25% 9<-3\"",
            "\"2<\"",
            "\"(((((\"",
            "\"^2\"",
            "\"external\"",
            "[]",
            "{}",
            "[[]]",
            "[null]",
            "[1,\"a\",{}]",
            "{\"\":1}",
            "{\"a\":{\"b\":null}}",
            "[".repeat(600) + "]".repeat(600),
            "{\"a\":".repeat(60) + "1" + "}".repeat(60));

    private final Random random;

    public Mutations(long seed) {
        random = new Random(seed);
    }

    /** One JSON value with one to three of its places changed; now and then its bytes besides. */
    public byte[] json(String valid) {
        String text = valid;
        if (random.nextInt(5) > 0) {
            ArrayNode root = JSON.createArrayNode().add(JSON.readTree(valid));
            for (int times = 1 + random.nextInt(3); times > 0; times--) {
                change(root);
            }
            String whole = root.toString();
            text = unmarked(whole.substring(1, whole.length() - 1));
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return random.nextInt(4) == 0 ? bytes(bytes) : bytes;
    }

    /** Lines of JSON, one of them changed, lost, or there twice; now and then the bytes. */
    public byte[] lines(String valid) {
        List<String> lines = new ArrayList<>(valid.lines().toList());
        int line = random.nextInt(lines.size());
        switch (random.nextInt(8)) {
            case 0 -> lines.remove(line);
            case 1 -> lines.add(random.nextInt(lines.size()), lines.get(line));
            default -> lines.set(line, new String(json(lines.get(line)), StandardCharsets.UTF_8));
        }
        byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        return random.nextInt(6) == 0 ? bytes(bytes) : bytes;
    }

    private byte[] bytes(byte[] valid) {
        if (valid.length == 0) {
            return valid;
        }
        int from = random.nextInt(valid.length);
        int to = Math.min(valid.length, from + 1 + random.nextInt(8));
        byte[] bytes = valid.clone();
        switch (random.nextInt(5)) {
            case 0 -> bytes[from] = (byte) random.nextInt();
            case 1 -> bytes[from] ^= (byte) (1 << random.nextInt(8));
            case 2 -> {
                return Arrays.copyOf(valid, from);
            }
            case 3 -> {
                return joined(Arrays.copyOf(valid, from), Arrays.copyOfRange(valid, to, valid.length));
            }
            default -> {
                return joined(Arrays.copyOf(valid, to), Arrays.copyOfRange(valid, from, valid.length));
            }
        }
        return bytes;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private record Place(JsonNode parent, String name, int index) {
        JsonNode value() {
            return parent.isObject() ? parent.get(name) : parent.get(index);
        }

        void put(JsonNode value) {
            if (parent instanceof ObjectNode object) {
                object.set(name, value);
            } else {
                ((ArrayNode) parent).set(index, value);
            }
        }

        void remove() {
            if (parent instanceof ObjectNode object) {
                object.remove(name);
            } else {
                ((ArrayNode) parent).remove(index);
            }
        }

        void putBeside(String otherName, JsonNode value) {
            if (parent instanceof ObjectNode object) {
                object.set(otherName, value);
            } else {
                ((ArrayNode) parent).add(value);
            }
        }
    }

    private void change(ArrayNode root) {
        List<Place> places = new ArrayList<>();
        collect(root, places);
        if (places.isEmpty()) {
            root.add(odd());
            return;
        }
        Place place = any(places);
        Place other = any(places);
        switch (random.nextInt(9)) {
            case 0 -> place.remove();
            case 1 -> place.putBeside(oddName(), place.value().deepCopy());
            case 2 -> place.putBeside(other.name, odd());
            case 3 -> place.put(JSON.createArrayNode().add(place.value()));
            case 4 -> place.put(JSON.createObjectNode().set(random.nextBoolean() ? other.name : "a", place.value()));
            case 5 -> place.put(other.value().deepCopy());
            case 6 -> {
                JsonNode value = place.value();
                place.remove();
                place.putBeside(random.nextBoolean() ? other.name : oddName(), value);
            }
            default -> place.put(odd());
        }
    }

    private static void collect(JsonNode parent, List<Place> places) {
        if (parent.isObject()) {
            parent.forEachEntry((name, value) -> {
                places.add(new Place(parent, name, 0));
                collect(value, places);
            });
        } else {
            for (int index = 0; index < parent.size(); index++) {
                places.add(new Place(parent, "", index));
                collect(parent.get(index), places);
            }
        }
    }

    private <T> T any(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private JsonNode odd() {
        return JSON.getNodeFactory().stringNode(MARK + random.nextInt(ODD.size()) + MARK);
    }

    private String oddName() {
        String odd = any(ODD);
        return odd.startsWith("\"") ? JSON.readTree(odd).stringValue() : odd;
    }

    private static String unmarked(String text) {
        String[] parts = text.split("\"" + MARK, -1);
        StringBuilder out = new StringBuilder(parts[0]);
        for (int at = 1; at < parts.length; at++) {
            int end = parts[at].indexOf(MARK);
            out.append(ODD.get(Integer.parseInt(parts[at].substring(0, end))))
                    .append(parts[at].substring(end + MARK.length() + 1));
        }
        return out.toString();
    }
}
