package io.elpis.query.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.model.query.QueryNode;
import io.elpis.model.schema.FieldType;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExistsTest {
    private static final boolean[] BOTH = {true, false};

    @TempDir
    Path directory;

    /** Of each field, whether anything is kept of it that a search could find. */
    private final Map<String, Boolean> fields = new LinkedHashMap<>();

    private final StringBuilder properties = new StringBuilder();
    private final StringBuilder source = new StringBuilder();

    @Test
    void fieldsAreFoundHoweverTheyAreKept() throws Exception {
        gather();
        try (TestIndex index = new TestIndex(directory, 1, "{\"properties\":{" + properties + "}}")
                .index(0, "1", "{" + source + "}")
                .index(0, "2", "{}")
                .refresh()) {
            for (Map.Entry<String, Boolean> field : fields.entrySet()) {
                assertThat(index.ids(new QueryNode.Exists(field.getKey(), 1f)))
                        .as(field.getKey())
                        .isEqualTo(field.getValue() ? List.of("1") : List.of());
            }
        }
    }

    private void gather() {
        for (FieldType type : FieldType.values()) {
            for (boolean index : BOTH) {
                for (boolean docValues : BOTH) {
                    for (boolean norms : BOTH) {
                        gather(type, index, docValues, norms);
                    }
                }
            }
        }
    }

    private void gather(FieldType type, boolean index, boolean docValues, boolean norms) {
        boolean isText = type == FieldType.TEXT;
        boolean hasNorms = isText || type == FieldType.KEYWORD;
        if (type == FieldType.OBJECT || isText && docValues || !hasNorms && norms) {
            return;
        }
        String name = type.typeName() + "-" + index + "-" + docValues + "-" + norms;
        String definition = "\"" + name + "\":{\"type\":\"" + type.typeName() + "\",\"index\":" + index
                + (isText ? "" : ",\"doc_values\":" + docValues) + (hasNorms ? ",\"norms\":" + norms : "") + "}";
        String value = switch (type) {
            case TEXT, KEYWORD -> "\"one two\"";
            case BOOLEAN -> "false";
            case DATE -> "\"2020\"";
            default -> "0";
        };
        String comma = fields.isEmpty() ? "" : ",";
        properties.append(comma).append(definition);
        source.append(comma).append('"').append(name).append("\":").append(value);
        fields.put(name, index || docValues);
    }
}
