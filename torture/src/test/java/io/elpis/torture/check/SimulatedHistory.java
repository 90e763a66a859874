package io.elpis.torture.check;

import io.elpis.torture.history.Call;
import io.elpis.torture.history.Operation;
import io.elpis.torture.history.Reply;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the clients of a simulated platform were told, by the kind of document, and what the judges say of it. */
final class SimulatedHistory {

    /** Documents that many clients read and write. */
    static final String REGISTER = "r";
    /** Documents that are created once. */
    static final String ONCE = "o";
    /** Documents to which members are added. */
    static final String MEMBERS = "m";

    private static final long BUDGET = 1_000_000;

    private final List<Operation> registers = new ArrayList<>();
    private final List<Operation> creations = new ArrayList<>();
    private final List<Operation> additions = new ArrayList<>();
    private final List<Operation> repeats = new ArrayList<>();

    void add(Operation operation) {
        if (operation.call() instanceof Call.Repeat) {
            repeats.add(operation);
            return;
        }
        switch (operation.key().substring(0, 1)) {
            case ONCE -> creations.add(operation);
            case MEMBERS -> additions.add(operation);
            default -> registers.add(operation);
        }
    }

    /** @param reader the copy that answers in the end */
    Map<Judge, Verdict> judged(SimulatedCopy reader, List<SimulatedCopy> copies) {
        Digests digests = Digests.of(audit(copies));
        Map<Judge, Verdict> verdicts = new EnumMap<>(Judge.class);
        verdicts.put(Judge.REGISTERS, new Registers(BUDGET).judge(registers));
        verdicts.put(Judge.CENSUS, verdict(new Census(present(reader)).violations(creations)));
        verdicts.put(Judge.MEMBERS, verdict(new MemberCount(members(reader)).violations(additions)));
        verdicts.put(Judge.REPEATS, verdict(Repeats.violations(repeats)));
        verdicts.put(Judge.AUDIT, new Verdict(digests.violations(), digests.pending()));
        return verdicts;
    }

    private static Verdict verdict(List<String> violations) {
        return new Verdict(violations, List.of());
    }

    private static Map<String, List<Census.Sight>> present(SimulatedCopy reader) {
        Map<String, List<Census.Sight>> present = new HashMap<>();
        reader.keys().stream().filter(key -> key.startsWith(ONCE)).forEach(key -> {
            if (reader.read(key) instanceof Reply.Found found) {
                present.put(found.value(), List.of(new Census.Sight(0, found.seqNo(), found.version())));
            }
        });
        return present;
    }

    private static Map<String, MemberCount.Document> members(SimulatedCopy reader) {
        Map<String, MemberCount.Document> present = new HashMap<>();
        reader.keys().stream().filter(key -> key.startsWith(MEMBERS)).forEach(key -> {
            if (reader.read(key) instanceof Reply.Found found) {
                Set<String> members = Set.of(found.value().split(SimulatedCopy.AND));
                present.put(key, new MemberCount.Document(members, found.version()));
            }
        });
        return present;
    }

    /** As the platform tells it. */
    private static ObjectNode audit(List<SimulatedCopy> copies) {
        JsonMapper json = JsonMapper.builder().build();
        ObjectNode answer = json.createObjectNode();
        boolean equal = copies.stream().map(SimulatedCopy::digest).distinct().count() == 1;
        answer.put("sound", equal);
        ArrayNode shards = answer.putObject("indices").putObject("torture").putArray("shards");
        ObjectNode shard = shards.addObject();
        shard.put("shard", 0);
        shard.put("verdict", equal ? "equal" : "differing");
        ArrayNode list = shard.putArray("copies");
        copies.forEach(
                copy -> list.addObject().put("digest", copy.digest()).put("verdict", equal ? "equal" : "differs"));
        return answer;
    }
}
