package io.elpis.model.document;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document ready to be indexed without looking at its JSON again.
 *
 * @param source one JSON object in UTF-8; owned by this document, not to be changed
 * @param fields by field number, ascending; fields without a value are absent
 */
public record ParsedDocument(byte[] source, List<ParsedField> fields) {
    public ParsedDocument {
        fields = List.copyOf(fields);
    }

    /** The text of a TEXT or KEYWORD field's value. */
    public String text(FieldValue value) {
        return switch (value) {
            case FieldValue.SourceSpan(int offset, int length) ->
                new String(source, offset, length, StandardCharsets.UTF_8);
            case FieldValue.Text(String text) -> text;
            case FieldValue.Whole(long number) -> Long.toString(number);
            case FieldValue.Decimal(double number) -> Double.toString(number);
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ParsedDocument that && Arrays.equals(source, that.source) && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(source) + fields.hashCode();
    }
}
