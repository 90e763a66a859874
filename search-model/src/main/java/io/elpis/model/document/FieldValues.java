package io.elpis.model.document;

import io.elpis.model.error.ElpisException;
import io.elpis.model.schema.FieldMapping;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gathers a document's values by field. There may be only so many, since each takes far more memory in the services and
 * in every copy than in the source, and more so with each field that it is also indexed for.
 */
final class FieldValues {
    static final int MOST_VALUES = 500_000;
    static final int MOST_CHARACTERS = 50_000_000;

    private final Map<Integer, List<FieldValue>> byNumber = new HashMap<>();
    private int count;
    private int characters;

    /** @throws ElpisException MAPPER_PARSING when it is one too many */
    void add(FieldMapping field, FieldValue value) {
        if (++count > MOST_VALUES) {
            throw ParsingFailure.mistake("failed to parse: Limit of [" + MOST_VALUES
                    + "] values in one document has been exceeded, counted anew for each multi-field and [copy_to],"
                    + " by field [" + field.path() + "]");
        }
        characters += length(value);
        if (characters > MOST_CHARACTERS) {
            throw ParsingFailure.mistake("failed to parse: Limit of [" + MOST_CHARACTERS
                    + "] characters in the texts of one document has been exceeded, counted anew for each"
                    + " multi-field and [copy_to], by field [" + field.path() + "]");
        }
        byNumber.computeIfAbsent(field.number(), _ -> new ArrayList<>(1)).add(value);
    }

    private static int length(FieldValue value) {
        return switch (value) {
            case FieldValue.SourceSpan(var _, int bytes) -> bytes;
            case FieldValue.Text(String text) -> text.length();
            case FieldValue.Whole _, FieldValue.Decimal _ -> 0;
        };
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
