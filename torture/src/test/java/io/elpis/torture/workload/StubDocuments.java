package io.elpis.torture.workload;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The documents of one index, and the outcomes of the operations that had names. */
final class StubDocuments {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** @param source empty for a document that was removed */
    private record Document(ObjectNode source, long seqNo, long version) {}

    private final Map<String, Document> documents = new TreeMap<>();
    private final Map<String, ObjectNode> outcomes = new HashMap<>();
    private final StubFault fault;
    private long seqNo;

    StubDocuments(StubFault fault) {
        this.fault = fault;
    }

    /**
     * @param name of the operation, empty for none
     * @return as an item of a bulk, with its status
     */
    ObjectNode update(String name, String id, JsonNode body) {
        ObjectNode first = outcomes.get(name);
        if (first != null && fault != StubFault.APPLIES_REPEATS) {
            return first;
        }
        ObjectNode outcome = merge(id, body);
        if (!name.isEmpty()) {
            outcomes.putIfAbsent(name, outcome);
        }
        return first == null ? outcome : first;
    }

    ObjectNode get(String id) {
        Document document = documents.get(id);
        ObjectNode answer = JSON.createObjectNode().put("_id", id).put("found", document != null);
        if (document != null) {
            answer.put("_seq_no", document.seqNo).put("_primary_term", 1).put("_version", document.version);
            answer.set("_source", document.source);
        }
        return answer;
    }

    private ObjectNode merge(String id, JsonNode body) {
        Document before = documents.get(id);
        ObjectNode source = before == null ? JSON.createObjectNode() : before.source.deepCopy();
        source.withObject("/members").setAll((ObjectNode) body.at("/doc/members"));
        boolean changed = before == null || !before.source.equals(source);
        if (before != null && !changed && body.path("detect_noop").asBoolean(true)) {
            return told(200, "noop", before);
        }
        Document now = new Document(source, ++seqNo, before == null ? 1 : before.version + 1);
        documents.put(id, now);
        return before == null ? told(201, "created", now) : told(200, "updated", now);
    }

    private static ObjectNode told(int status, String result, Document document) {
        return JSON.createObjectNode()
                .put("status", status)
                .put("result", result)
                .put("_seq_no", document.seqNo)
                .put("_version", document.version);
    }
}
