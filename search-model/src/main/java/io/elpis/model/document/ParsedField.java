package io.elpis.model.document;

import java.util.List;

/**
 * The values of one field in document order.
 *
 * @param fieldNumber the field's number in the mapping
 * @param values not empty, all of one kind
 */
public record ParsedField(int fieldNumber, List<FieldValue> values) {
    public ParsedField {
        values = List.copyOf(values);
        if (fieldNumber < 1 || values.isEmpty()) {
            throw new IllegalArgumentException("field " + fieldNumber + " with " + values.size() + " values");
        }
    }
}
