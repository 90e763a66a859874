package io.elpis.torture.workload;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The documents of one index, and the outcomes of the operations that had names. */
final class StubDocuments {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int SHORT_MEMORY = 3;

    /** @param source null for a document that was removed */
    private record Document(@Nullable JsonNode source, long seqNo, long version) {}

    private static final Document NOTHING = new Document(null, 0, 0);

    private final Map<String, Document> documents = new TreeMap<>();
    private final Map<String, ObjectNode> outcomes = new LinkedHashMap<>();
    private final StubFault fault;
    private long seqNo;

    StubDocuments(StubFault fault) {
        this.fault = fault;
    }

    /**
     * @param name of the operation, empty for none
     * @param create whether there must be no document
     * @param ifSeqNo of the document that must be there, -1 for any or none
     * @return as an item of a bulk, with its status
     */
    ObjectNode store(String name, String id, JsonNode source, boolean create, long ifSeqNo) {
        return once(name, id, () -> {
            Document before = document(id);
            boolean holds = ifSeqNo < 0 || before.source != null && before.seqNo == ifSeqNo;
            return holds && !(create && before.source != null) ? put(id, source) : told(409, "", before);
        });
    }

    ObjectNode remove(String name, String id) {
        return once(name, id, () -> {
            boolean existed = document(id).source != null;
            Document now = new Document(null, ++seqNo, document(id).version + 1);
            documents.put(id, now);
            return existed ? told(200, "deleted", now) : told(404, "not_found", now);
        });
    }

    ObjectNode update(String name, String id, JsonNode body) {
        return once(name, id, () -> {
            Document before = document(id);
            ObjectNode source = before.source == null ? JSON.createObjectNode() : (ObjectNode) before.source.deepCopy();
            source.withObject("/members").setAll((ObjectNode) body.at("/doc/members"));
            boolean noop =
                    source.equals(before.source) && body.path("detect_noop").asBoolean(true);
            return noop ? told(200, "noop", before) : put(id, source);
        });
    }

    /** Whether documents are found by fields that came up with them. */
    boolean knowsFields() {
        return fault != StubFault.LEARNS_NO_FIELDS;
    }

    /** Loses all that it has acknowledged. */
    void lose() {
        documents.clear();
    }

    /** As a read by id tells it. */
    ObjectNode get(String id) {
        Document document = document(id);
        return document.source == null
                ? JSON.createObjectNode().put("_id", id).put("found", false).put("status", 404)
                : hit(id, document).put("found", true);
    }

    /** As a search tells it. */
    ObjectNode search(Predicate<ObjectNode> wanted) {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode hits = answer.withObject("/hits").putArray("hits");
        documents.forEach((id, document) -> {
            if (document.source != null && wanted.test(hit(id, document))) {
                hits.add(hit(id, document));
            }
        });
        answer.withObject("/hits/total").put("value", hits.size());
        return answer;
    }

    private ObjectNode once(String name, String id, Supplier<ObjectNode> change) {
        ObjectNode first = outcomes.get(name);
        if (first == null) {
            ObjectNode outcome = change.get();
            remember(name, outcome);
            return outcome;
        }
        if (fault == StubFault.APPLIES_REPEATS) {
            var _ = change.get();
        }
        if (fault == StubFault.DECIDES_REPEATS_ANEW) {
            Document before = document(id);
            ObjectNode anew = change.get();
            documents.put(id, before);
            return anew;
        }
        return first;
    }

    private void remember(String name, ObjectNode outcome) {
        if (!name.isEmpty()) {
            outcomes.put(name, outcome);
        }
        if (fault == StubFault.FORGETS_OUTCOMES && outcomes.size() > SHORT_MEMORY) {
            outcomes.remove(outcomes.keySet().iterator().next());
        }
    }

    private ObjectNode put(String id, JsonNode source) {
        boolean created = document(id).source == null;
        Document now = new Document(source, ++seqNo, document(id).version + 1);
        documents.put(id, now);
        return created ? told(201, "created", now) : told(200, "updated", now);
    }

    private Document document(String id) {
        return documents.getOrDefault(id, NOTHING);
    }

    private static ObjectNode hit(String id, Document document) {
        ObjectNode hit = JSON.createObjectNode().put("_id", id).put("_primary_term", 1);
        hit.set("_source", document.source);
        return hit.put("_seq_no", document.seqNo).put("_version", document.version);
    }

    private static ObjectNode told(int status, String result, Document document) {
        return JSON.createObjectNode()
                .put("status", status)
                .put("result", result)
                .put("_seq_no", document.seqNo)
                .put("_version", document.version);
    }
}
