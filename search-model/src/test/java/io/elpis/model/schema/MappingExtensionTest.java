package io.elpis.model.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.schema.MappingNode.LeafNode;
import io.elpis.model.schema.MappingNode.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MappingExtensionTest {
    private static final LeafNode SIZE = leaf("o.size", 1, FieldType.LONG);
    private static final Mapping MAPPING = new Mapping(3, object("o", object("size", SIZE)), 2, false);

    @Test
    void fieldsAreAdded() {
        Map<String, MappingNode> properties = new LinkedHashMap<>(MAPPING.root().properties());
        properties.put("new", leaf("new", 2, FieldType.TEXT));

        Mapping extended = MAPPING.extended(new ObjectNode(null, true, properties), 3);

        assertThat(extended.fields()).extracting(FieldMapping::path).containsExactly("o.size", "new");
        assertThat(extended.version()).isEqualTo(4);
        assertThat(extended.dateDetection()).isFalse();
    }

    @Test
    void noFieldIsTakenAwayOrChanged() {
        assertThatThrownBy(() -> MAPPING.extended(object("o", leaf("o", 2, FieldType.LONG)), 3))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("field [o.size] would be lost");
        assertThatThrownBy(() -> MAPPING.extended(object("o", object("size", leaf("o.size", 1, FieldType.TEXT))), 3))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> MAPPING.extended(object("o", object("size", leaf("o.size", 2, FieldType.LONG))), 3))
                .isInstanceOf(IllegalStateException.class);
    }

    private static ObjectNode object(String name, MappingNode node) {
        return new ObjectNode(null, true, Map.of(name, node));
    }

    private static LeafNode leaf(String path, int number, FieldType type) {
        return new LeafNode(FieldMapping.of(path, number, type), Map.of());
    }
}
