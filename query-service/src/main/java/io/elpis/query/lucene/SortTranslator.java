package io.elpis.query.lucene;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.query.Scalar;
import io.elpis.model.result.SortValue;
import io.elpis.model.schema.FieldMapping;
import io.elpis.model.schema.FieldType;
import io.elpis.model.search.Missing;
import io.elpis.model.search.SortKey;
import io.elpis.model.search.SortMode;
import io.elpis.model.search.SortOrder;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SortedNumericSelector;
import org.apache.lucene.search.SortedNumericSortField;
import org.apache.lucene.search.SortedSetSelector;
import org.apache.lucene.search.SortedSetSortField;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.NumericUtils;

/** Translates sort keys to Lucene for one schema, with the tie hash as the last key. */
public final class SortTranslator {
    private final Schema schema;
    private final long now;

    public SortTranslator(Schema schema, long now) {
        this.schema = schema;
        this.now = now;
    }

    /** @throws ElpisException when a field cannot be sorted by */
    public Sort translate(List<SortKey> keys) {
        List<SortField> fields = new ArrayList<>();
        for (SortKey key : keys) {
            switch (key) {
                case SortKey.ByScore(SortOrder order) ->
                    fields.add(new SortField(null, SortField.Type.SCORE, order == SortOrder.ASC));
                case SortKey.ByDoc _ -> {}
                case SortKey.ByField field -> fields.add(field(field));
            }
        }
        fields.add(new SortField(SystemField.TIE, SortField.Type.LONG));
        return new Sort(fields.toArray(SortField[]::new));
    }

    private SortField field(SortKey.ByField key) {
        boolean reverse = key.order() == SortOrder.DESC;
        return switch (type(key)) {
            case KEYWORD -> keyword(key, reverse);
            case LONG, INTEGER, SHORT, BYTE, DATE, BOOLEAN -> number(key, SortField.Type.LONG, reverse);
            case DOUBLE -> number(key, SortField.Type.DOUBLE, reverse);
            case FLOAT -> number(key, SortField.Type.FLOAT, reverse);
            case TEXT, OBJECT -> throw notSortable(key.field());
        };
    }

    /** The type the key's field has, or is to be taken for. */
    public FieldType type(SortKey.ByField key) {
        FieldMapping field = schema.field(key.field());
        if (field != null) {
            if (field.type() == FieldType.TEXT) {
                throw new ElpisException(
                        ErrorCode.ILLEGAL_ARGUMENT,
                        "Text fields are not optimised for operations that require per-document field data like"
                                + " aggregations and sorting, so these operations are disabled by default. Please use a"
                                + " keyword field instead. Field: [" + key.field() + "]");
            }
            if (!field.docValues()) {
                throw notSortable(key.field());
            }
            return field.type();
        }
        String unmapped = key.unmappedType();
        if (unmapped == null) {
            throw new ElpisException(
                    ErrorCode.QUERY_SHARD, "No mapping found for [" + key.field() + "] in order to sort on");
        }
        return Arrays.stream(FieldType.values())
                .filter(type -> type.typeName().equals(unmapped) && type != FieldType.OBJECT && type != FieldType.TEXT)
                .findFirst()
                .orElseThrow(() ->
                        new ElpisException(ErrorCode.ILLEGAL_ARGUMENT, "No mapper found for type [" + unmapped + "]"));
    }

    private static ElpisException notSortable(String field) {
        return new ElpisException(
                ErrorCode.ILLEGAL_ARGUMENT,
                "Can't load fielddata on [" + field
                        + "] because fielddata is unsupported on fields without doc values");
    }

    private static SortField keyword(SortKey.ByField key, boolean reverse) {
        if (CombinedNumbers.isOf(key.mode())) {
            throw new ElpisException(
                    ErrorCode.QUERY_SHARD, "we only support AVG, MEDIAN and SUM on number based fields");
        }
        SortedSetSelector.Type choice = isGreatest(key) ? SortedSetSelector.Type.MAX : SortedSetSelector.Type.MIN;
        return switch (key.missing()) {
            case Missing.First() -> keyword(key, choice, reverse, true);
            case Missing.Last() -> keyword(key, choice, reverse, false);
            case Missing.As(Scalar value) ->
                new SortField(key.field(), new SubstitutedTexts(choice, new BytesRef(value.asText())), reverse);
        };
    }

    private static SortField keyword(
            SortKey.ByField key, SortedSetSelector.Type choice, boolean reverse, boolean missingFirst) {
        SortField field = new SortedSetSortField(key.field(), reverse, choice);
        // Lucene turns the place round together with the order.
        field.setMissingValue(missingFirst ^ reverse ? SortField.STRING_FIRST : SortField.STRING_LAST);
        return field;
    }

    private SortField number(SortKey.ByField key, SortField.Type type, boolean reverse) {
        if (CombinedNumbers.isOf(key.mode())) {
            long missing = encoded(missing(key, type));
            return new SortField(key.field(), new CombinedOrder(key.mode(), type(key), missing), reverse);
        }
        SortField field = new SortedNumericSortField(
                key.field(),
                type,
                reverse,
                isGreatest(key) ? SortedNumericSelector.Type.MAX : SortedNumericSelector.Type.MIN);
        field.setMissingValue(missing(key, type));
        return field;
    }

    private static long encoded(Object number) {
        return switch (number) {
            case Double value -> NumericUtils.doubleToSortableLong(value);
            case Float value -> NumericUtils.floatToSortableInt(value);
            default -> (Long) number;
        };
    }

    private Object missing(SortKey.ByField key, SortField.Type type) {
        boolean reverse = key.order() == SortOrder.DESC;
        return switch (key.missing()) {
            case Missing.First() -> extreme(type, reverse);
            case Missing.Last() -> extreme(type, !reverse);
            case Missing.As(Scalar value) -> typed(key, type, value);
        };
    }

    /**
     * What a document without a value tells as its sort value: of numbers what it is sorted as, typed like those of the
     * others, so that whoever merges needs no schema; of keywords that there is none, unless a text stands in for it.
     */
    public SortValue absent(SortKey.ByField key) {
        return switch (type(key)) {
            case LONG, INTEGER, SHORT, BYTE, DATE, BOOLEAN ->
                new SortValue.Whole((Long) missing(key, SortField.Type.LONG));
            case DOUBLE -> new SortValue.Decimal((Double) missing(key, SortField.Type.DOUBLE));
            case FLOAT -> new SortValue.Decimal(SortValues.shortest((Float) missing(key, SortField.Type.FLOAT)));
            // By way of bytes, as the others come: these have no halves of surrogate pairs.
            case KEYWORD ->
                key.missing() instanceof Missing.As(Scalar value)
                        ? new SortValue.Text(new BytesRef(value.asText()).utf8ToString())
                        : new SortValue.Absent();
            case TEXT, OBJECT -> new SortValue.Absent();
        };
    }

    private static Object extreme(SortField.Type type, boolean greatest) {
        return switch (type) {
            case DOUBLE -> greatest ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
            case FLOAT -> greatest ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY;
            default -> greatest ? Long.MAX_VALUE : Long.MIN_VALUE;
        };
    }

    private Object typed(SortKey.ByField key, SortField.Type type, Scalar value) {
        FieldType kind = type(key);
        if (kind == FieldType.DATE && value instanceof Scalar.Text(String text)) {
            FieldMapping field = schema.field(key.field());
            FieldMapping dates = field != null ? field : FieldMapping.of(key.field(), 1, FieldType.DATE);
            return Dates.of(dates, now, null, null).millis(text, false);
        }
        if (kind == FieldType.BOOLEAN && !(value instanceof Scalar.Whole)) {
            return TermQueries.flag(value) ? 1L : 0L;
        }
        return switch (type) {
            case DOUBLE -> Numbers.of(value).doubleValue();
            case FLOAT -> Numbers.of(value).floatValue();
            default -> Numbers.rounded(Numbers.of(value), RoundingMode.DOWN);
        };
    }

    /** Whether a document with several values is sorted by the greatest rather than the least. */
    static boolean isGreatest(SortKey.ByField key) {
        return key.mode() == SortMode.MAX || key.mode() == SortMode.DEFAULT && key.order() == SortOrder.DESC;
    }
}
