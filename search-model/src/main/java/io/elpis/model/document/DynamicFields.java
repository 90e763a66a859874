package io.elpis.model.document;

import io.elpis.model.schema.FieldMapping;
import io.elpis.model.schema.FieldType;
import io.elpis.model.schema.MappingNode.LeafNode;
import io.elpis.model.time.DateFormat;
import java.time.DateTimeException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What becomes of a value whose field the mapping does not know: OpenSearch's rules. */
final class DynamicFields {
    private static final int KEYWORD_LENGTH = 256;
    private static final String SLASHED_DATE = "yyyy/MM/dd HH:mm:ss||yyyy/MM/dd||epoch_millis";
    private static final DateFormat ISO = DateFormat.of("strict_date_optional_time");
    private static final DateFormat SLASHED = DateFormat.of("yyyy/MM/dd HH:mm:ss||yyyy/MM/dd");

    private final boolean dateDetection;
    private final int firstNumber;
    private int nextNumber;

    DynamicFields(boolean dateDetection, int nextNumber) {
        this.dateDetection = dateDetection;
        this.firstNumber = nextNumber;
        this.nextNumber = nextNumber;
    }

    /** How many leaves it has made, multi-fields included. */
    int added() {
        return nextNumber - firstNumber;
    }

    int nextNumber() {
        return nextNumber;
    }

    LeafNode leaf(String path, JsonValue value) {
        return switch (value.token()) {
            case VALUE_NUMBER_INT -> leaf(path, FieldType.LONG);
            case VALUE_NUMBER_FLOAT -> leaf(path, FieldType.FLOAT);
            case VALUE_TRUE, VALUE_FALSE -> leaf(path, FieldType.BOOLEAN);
            default -> ofText(path, value);
        };
    }

    private LeafNode leaf(String path, FieldType type) {
        return new LeafNode(FieldMapping.of(path, nextNumber++, type), Map.of());
    }

    private LeafNode ofText(String path, JsonValue value) {
        String format = dateDetection && !value.isLongerThan(40) ? dateFormat(value.text()) : null;
        if (format != null) {
            return format.equals(FieldMapping.DEFAULT_DATE_FORMAT)
                    ? leaf(path, FieldType.DATE)
                    : new LeafNode(
                            FieldMapping.of(path, nextNumber++, FieldType.DATE).withFormat(format), Map.of());
        }
        FieldMapping text = FieldMapping.of(path, nextNumber++, FieldType.TEXT);
        FieldMapping keyword = FieldMapping.of(path + ".keyword", nextNumber++, FieldType.KEYWORD)
                .withIgnoreAbove(KEYWORD_LENGTH);
        return new LeafNode(text, Map.of("keyword", keyword));
    }

    /** Null when it is no date. Plain numbers are not taken for dates: too often they are none. */
    private static @Nullable String dateFormat(String text) {
        boolean slashed = text.indexOf('/') > 0;
        if (text.length() < 7 || !Character.isDigit(text.charAt(0)) || !slashed && text.indexOf('-') < 0) {
            return null;
        }
        try {
            (slashed ? SLASHED : ISO).parse(text);
            return slashed ? SLASHED_DATE : FieldMapping.DEFAULT_DATE_FORMAT;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
