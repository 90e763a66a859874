package io.elpis.index.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.JsonNode;

/** Requests under an Idempotency-Key that are sent again in part, or that are others. */
final class RepeatNamesTest {
    private final WriteDoor door = new WriteDoor();

    private JsonNode named(String body) throws Exception {
        MockHttpServletRequest request = WriteDoor.request("POST", body, "");
        WriteDoor.name(request, "eve", "once");
        return WriteDoor.json(door.bulk.bulk(request, new MockHttpServletResponse(), "books"));
    }

    /** Names that operations got in the log since this was last asked. */
    private List<String> names() {
        List<String> names = new ArrayList<>();
        door.log.partitions.getOrDefault(0, List.of()).forEach(record -> {
            if (record.hasOperation()) {
                var op = record.getOperation().getOpId().getIdempotent();
                names.add(op.getKey() + op.getPosition());
            }
        });
        door.log.partitions.clear();
        return names;
    }

    @Test
    void whatIsSentAgainAloneIsStillItself() throws Exception {
        String b = "{\"index\":{\"_id\":\"b\"}}\n{\"n\":1}\n";
        named("{\"index\":{\"_id\":\"a\"}}\n{\"n\":1}\n" + b + "{\"delete\":{\"_id\":\"c\"}}\n");
        List<String> whole = names();
        named(b);
        assertThat(names()).containsExactly(whole.get(1));
    }

    @Test
    void whatSaysSomethingElseIsAnother() throws Exception {
        for (String other : List.of(
                "{\"index\":{\"_id\":\"a\"}}\n{\"n\":1}\n",
                "{\"index\":{\"_id\":\"b\"}}\n{\"n\":1}\n",
                "{\"create\":{\"_id\":\"a\"}}\n{\"n\":1}\n",
                "{\"index\":{\"_id\":\"a\",\"routing\":\"r\"}}\n{\"n\":1}\n",
                "{\"index\":{\"_id\":\"a\",\"if_seq_no\":1,\"if_primary_term\":1}}\n{\"n\":1}\n",
                "{\"index\":{\"_id\":\"a\"}}\n{\"n\":2}\n",
                "{\"index\":{}}\n{\"n\":1}\n",
                "{\"delete\":{\"_id\":\"a\"}}\n",
                "{\"update\":{\"_id\":\"a\"}}\n{\"doc\":{\"n\":1}}\n",
                "{\"update\":{\"_id\":\"a\"}}\n{\"doc\":{\"n\":1},\"doc_as_upsert\":true}\n")) {
            named(other);
        }
        assertThat(names()).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(8);
    }

    @Test
    void twiceTheSameAreTwo() throws Exception {
        String twice = "{\"index\":{}}\n{\"n\":1}\n".repeat(2);
        JsonNode first = named(twice);
        assertThat(names()).doesNotHaveDuplicates().hasSize(2);
        assertThat(named(twice).at("/items/1/index/_id")).isEqualTo(first.at("/items/1/index/_id"));
    }
}
