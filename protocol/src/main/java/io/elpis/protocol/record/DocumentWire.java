package io.elpis.protocol.record;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnsafeByteOperations;
import io.elpis.model.document.FieldValue;
import io.elpis.model.document.ParsedDocument;
import io.elpis.model.document.ParsedField;

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

    /** The bytes that the document is in the log: a copy of its source, and its values in as little room as they can take. */
    public static ByteString pack(ParsedDocument document) {
        return write(document).toByteString();
    }

    /**
     * Makes a document what an operation is about. Of the operation's bytes it is its {@code index}; only who has read
     * them finds it there.
     */
    public static void putPacked(DocumentOperation.Builder operation, ByteString document) {
        operation.setUnknownFields(UnknownFieldSet.newBuilder()
                .addField(
                        DocumentOperation.INDEX_FIELD_NUMBER,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(document)
                                .build())
                .build());
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
}
