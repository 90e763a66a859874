package io.elpis.model.document;

import io.elpis.model.schema.FieldMapping;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gathers a document's values by field. */
final class FieldValues {
    private final Map<Integer, List<FieldValue>> byNumber = new HashMap<>();

    void add(FieldMapping field, FieldValue value) {
        byNumber.computeIfAbsent(field.number(), _ -> new ArrayList<>(1)).add(value);
    }

    /** By field number; where a field has spans and texts, all are texts. */
    List<ParsedField> fields(byte[] source) {
        List<ParsedField> fields = new ArrayList<>(byNumber.size());
        byNumber.forEach((number, values) -> fields.add(new ParsedField(number, ofOneKind(values, source))));
        fields.sort(Comparator.comparingInt(ParsedField::fieldNumber));
        return fields;
    }

    private static List<FieldValue> ofOneKind(List<FieldValue> values, byte[] source) {
        if (values.size() == 1 || values.stream().noneMatch(FieldValue.Text.class::isInstance)) {
            return values;
        }
        return values.stream()
                .map(value -> value instanceof FieldValue.SourceSpan(int offset, int length)
                        ? new FieldValue.Text(new String(source, offset, length, StandardCharsets.UTF_8))
                        : value)
                .toList();
    }
}
