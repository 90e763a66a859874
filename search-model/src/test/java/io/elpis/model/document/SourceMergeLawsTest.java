package io.elpis.model.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.model.document.SourceMerge.Merged;
import io.elpis.model.json.Json;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Merging bytes is merging values, whatever the documents and however they are written. */
final class SourceMergeLawsTest {
    private static final int RUNS = 4_000;

    @Test
    void mergedBytesAreTheMergedValues() {
        each((random, seed) -> {
            byte[] source = document(random);
            byte[] partial = document(random);
            ObjectNode expected = merged((ObjectNode) Json.tree(source), (ObjectNode) Json.tree(partial));
            Merged merged = SourceMerge.merge(source, partial);
            JsonNode found = Json.tree(merged.source());
            assertThat(found).as(seed).isEqualTo(expected);
            assertThat(found.propertyNames()).as(seed).containsExactlyElementsOf(expected.propertyNames());
            assertThat(merged.changed()).as(seed).isEqualTo(!expected.equals(Json.tree(source)));
        });
    }

    @Test
    void mergingAgainChangesNoByte() {
        each((random, seed) -> {
            byte[] partial = document(random);
            Merged once = SourceMerge.merge(document(random), partial);
            Merged twice = SourceMerge.merge(once.source(), partial);
            assertThat(twice.changed()).as(seed).isFalse();
            assertThat(twice.source()).as(seed).isEqualTo(once.source());
        });
    }

    @Test
    void whatIsNotTouchedStaysByteForByte() {
        each((random, seed) -> {
            Map<String, String> members = new LinkedHashMap<>();
            StringBuilder source = new StringBuilder("{");
            for (int at = random.nextInt(6); at >= 0; at--) {
                String member =
                        space(random) + "\"m" + at + '"' + space(random) + ':' + value(random, 2) + space(random);
                members.put("m" + at, member);
                source.append(source.length() > 1 ? "," : "").append(member);
            }
            String touched = "m" + random.nextInt(8);
            byte[] partial = ("{\"" + touched + "\":" + value(random, 2) + '}').getBytes(UTF_8);
            String merged = new String(
                    SourceMerge.merge(source.append('}').toString().getBytes(UTF_8), partial)
                            .source(),
                    UTF_8);
            int from = 0;
            Iterator<Map.Entry<String, String>> rest = members.entrySet().iterator();
            while (rest.hasNext()) {
                Map.Entry<String, String> member = rest.next();
                if (!member.getKey().equals(touched)) {
                    String kept = rest.hasNext()
                            ? member.getValue()
                            : member.getValue().stripTrailing();
                    int at = merged.indexOf(kept, from);
                    assertThat(at).as(seed + ": " + merged).isNotNegative();
                    from = at + kept.length();
                }
            }
        });
    }

    @Test
    void anEmptyPartialDocumentLeavesEveryByte() {
        each((random, seed) -> {
            byte[] source = document(random);
            Merged merged = SourceMerge.merge(source, "{}".getBytes(UTF_8));
            assertThat(merged.source()).as(seed).isEqualTo(source);
            assertThat(merged.changed()).as(seed).isFalse();
        });
    }

    private interface Law {
        void check(Random random, String seed);
    }

    private static void each(Law law) {
        for (int run = 0; run < RUNS; run++) {
            long seed = Long.getLong("elpis.seed", 31_000 + run);
            law.check(new Random(seed), "seed " + seed);
        }
    }

    private static ObjectNode merged(ObjectNode source, ObjectNode partial) {
        partial.forEachEntry((name, value) -> {
            if (source.get(name) instanceof ObjectNode below && value instanceof ObjectNode change) {
                merged(below, change);
            } else {
                source.set(name, value);
            }
        });
        return source;
    }

    private static byte[] document(Random random) {
        return (space(random) + object(random, 4) + space(random)).getBytes(UTF_8);
    }

    private static String value(Random random, int depth) {
        String value = switch (random.nextInt(depth > 0 ? 10 : 7)) {
            case 0 -> Integer.toString(random.nextInt(3));
            case 1 -> random.nextInt(2) + "." + "0".repeat(1 + random.nextInt(2));
            case 2 -> random.nextInt(3) + "e" + random.nextInt(3);
            case 3 -> "-" + Math.abs(random.nextLong()) + "12";
            case 4 -> random.nextBoolean() ? "true" : "null";
            case 5 -> '"' + text(random) + '"';
            case 6 -> "\"\"";
            case 7 -> array(random, depth - 1);
            default -> object(random, depth - 1);
        };
        return space(random) + value + space(random);
    }

    private static String object(Random random, int depth) {
        Map<String, String> members = new LinkedHashMap<>();
        for (int at = random.nextInt(5); at > 0; at--) {
            String name = text(random);
            members.put(
                    ((tools.jackson.databind.node.StringNode) Json.tree(('"' + name + '"').getBytes(UTF_8)))
                            .stringValue(),
                    space(random) + '"' + name + '"' + space(random) + ':' + value(random, depth));
        }
        return '{' + (members.isEmpty() ? space(random) : String.join(",", members.values())) + '}';
    }

    private static String array(Random random, int depth) {
        StringBuilder array = new StringBuilder("[");
        for (int at = random.nextInt(3); at > 0; at--) {
            array.append(value(random, depth)).append(at > 1 ? "," : "");
        }
        return array.append(']').toString();
    }

    /** Few different ones, written in different ways. */
    private static String text(Random random) {
        return switch (random.nextInt(7)) {
            case 0 -> "a";
            case 1 -> "\\u0061";
            case 2 -> "b}";
            case 3 -> "\\\"{,";
            case 4 -> "h\u00f6pe";
            case 5 -> "\uD83D\uDE00";
            default -> "\\ud83d\\ude00\\\\";
        };
    }

    private static String space(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> " ";
            case 1 -> "\n\t";
            default -> "";
        };
    }
}
