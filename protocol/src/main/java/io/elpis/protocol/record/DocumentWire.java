package io.elpis.protocol.record;

import com.google.protobuf.UnsafeByteOperations;
import io.elpis.model.document.FieldValue;
import io.elpis.model.document.ParsedDocument;
import io.elpis.model.document.ParsedField;
import java.util.ArrayList;
import java.util.List;

/** Parsed documents in the log. */
public final class DocumentWire {
    private DocumentWire() {}

    /** Shares the source's bytes. */
    public static IndexAction write(ParsedDocument document) {
        IndexAction.Builder out =
                IndexAction.newBuilder().setSource(UnsafeByteOperations.unsafeWrap(document.source()));
        for (ParsedField field : document.fields()) {
            out.addFields(write(field));
        }
        return out.build();
    }

    private static Field write(ParsedField field) {
        Field.Builder out = Field.newBuilder().setNumber(field.fieldNumber());
        for (FieldValue value : field.values()) {
            switch (value) {
                case FieldValue.SourceSpan(int offset, int length) ->
                    out.addSpans(offset).addSpans(length);
                case FieldValue.Text(String text) -> out.addTexts(text);
                case FieldValue.Whole(long number) -> out.addWholes(number);
                case FieldValue.Decimal(double number) -> out.addDecimals(number);
            }
        }
        return out.build();
    }

    public static ParsedDocument read(IndexAction in) {
        return new ParsedDocument(
                in.getSource().toByteArray(),
                in.getFieldsList().stream().map(DocumentWire::read).toList());
    }

    private static ParsedField read(Field in) {
        List<FieldValue> values = new ArrayList<>();
        for (int at = 0; at + 1 < in.getSpansCount(); at += 2) {
            values.add(new FieldValue.SourceSpan(in.getSpans(at), in.getSpans(at + 1)));
        }
        in.getTextsList().forEach(text -> values.add(new FieldValue.Text(text)));
        in.getWholesList().forEach(number -> values.add(new FieldValue.Whole(number)));
        in.getDecimalsList().forEach(number -> values.add(new FieldValue.Decimal(number)));
        return new ParsedField(in.getNumber(), values);
    }
}
