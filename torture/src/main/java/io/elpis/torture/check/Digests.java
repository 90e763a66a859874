package io.elpis.torture.check;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What the platform's own audit says: whether the copies of every shard hold the same.
 *
 * @param compared whether there was an answer to read
 * @param copies that were compared
 * @param violations copies that differ or are damaged
 * @param pending why something was not compared; not empty where nothing was
 */
public record Digests(boolean compared, int copies, List<String> violations, List<String> pending) {

    public Digests {
        violations = List.copyOf(violations);
        pending = List.copyOf(pending);
        if (!compared && pending.isEmpty()) {
            throw new IllegalArgumentException("nothing was compared, and nothing says why");
        }
    }

    /**
     * Where there was no answer to read: nobody knows whether the copies hold the same.
     *
     * @param reason what came in its place
     */
    public static Digests unknown(String index, String reason) {
        return new Digests(false, 0, List.of(), List.of("not compared: " + index + ": " + reason));
    }

    /** @param answer of {@code POST /_elpis/audit/{index}?verify=true} */
    public static Digests of(JsonNode answer) {
        List<String> violations = new ArrayList<>();
        List<String> pending = new ArrayList<>();
        int copies = 0;
        for (var index : answer.path("indices").properties()) {
            for (JsonNode shard : index.getValue().path("shards")) {
                String name = index.getKey() + "[" + shard.path("shard").asInt() + "]";
                copies += shard.path("copies").size();
                if (damaged(shard)) {
                    violations.add("a copy is damaged: " + name + ": " + shard.path("copies"));
                }
                switch (shard.path("verdict").asString("")) {
                    case "equal" -> {}
                    case "differing" -> violations.add("copies differ: " + name + ": " + shard.path("copies"));
                    default -> pending.add(name + ": " + shard.path("copies"));
                }
            }
        }
        if (copies == 0) {
            pending.add("no copy was compared: " + answer);
        }
        boolean unexplained = violations.isEmpty() && pending.isEmpty();
        if (unexplained && !answer.path("sound").asBoolean(false)) {
            pending.add("not sound, for no reason that is told: " + answer);
        }
        return new Digests(true, copies, violations, pending);
    }

    public boolean equal() {
        return compared && violations.isEmpty() && pending.isEmpty();
    }

    private static boolean damaged(JsonNode shard) {
        for (JsonNode copy : shard.path("copies")) {
            if (copy.path("verdict").asString("").equals("damaged")) {
                return true;
            }
        }
        return false;
    }
}
