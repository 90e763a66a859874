package io.elpis.model.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A place in the mapping's tree. */
public sealed interface MappingNode {

    /**
     * An object and what is below it.
     *
     * @param dynamic null: as the object above
     * @param enabled false: nothing below is looked at
     */
    record ObjectNode(@Nullable Dynamic dynamic, boolean enabled, Map<String, MappingNode> properties)
            implements MappingNode {
        public ObjectNode {
            properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        }
    }

    /**
     * A field and the further ways its values are indexed.
     *
     * @param fields multi-fields by their last name
     */
    record LeafNode(FieldMapping field, Map<String, FieldMapping> fields) implements MappingNode {
        public LeafNode {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }
    }
}
