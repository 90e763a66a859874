package io.elpis.model.document;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.json.Decimals;
import io.elpis.model.query.Scalar;
import io.elpis.model.schema.FieldMapping;
import io.elpis.model.schema.FieldType;
import io.elpis.model.time.DateFormat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Turns one JSON scalar into a value of a field's type. */
final class ValueReader {
    /** Lucene's limit on a term's bytes. */
    static final int MAX_TERM_BYTES = 32_766;

    private ValueReader() {}

    /** Whether the value, which is not null, says the same in this field: an empty text where a number may be a text. */
    static boolean isNull(FieldMapping field, JsonValue value) {
        return field.type().isNumeric() && field.coerce() && value.isText() && !value.isLongerThan(0);
    }

    /** @return null when the field leaves the value out */
    static @Nullable FieldValue read(FieldMapping field, JsonValue value) {
        return switch (field.type()) {
            case TEXT -> value.asTextValue();
            case KEYWORD -> keyword(field, value);
            case LONG, INTEGER, SHORT, BYTE -> new FieldValue.Whole(whole(field, value));
            case DOUBLE, FLOAT -> new FieldValue.Decimal(decimal(field.type(), decimalOf(field, value)));
            case BOOLEAN -> new FieldValue.Whole(flag(value) ? 1 : 0);
            case DATE -> new FieldValue.Whole(date(field, value));
            case OBJECT -> throw new IllegalStateException("an object is no leaf: " + field.path());
        };
    }

    private static @Nullable FieldValue keyword(FieldMapping field, JsonValue value) {
        if (value.isLongerThan(field.ignoreAbove())) {
            return null;
        }
        if (value.utf8Length() > MAX_TERM_BYTES && (field.index() || field.docValues())) {
            throw new ElpisException(
                    ErrorCode.ILLEGAL_ARGUMENT,
                    "Document contains at least one immense term in field=\"" + field.path()
                            + "\" (whose UTF8 encoding is longer than the max length " + MAX_TERM_BYTES + ")");
        }
        return value.asTextValue();
    }

    private static long whole(FieldMapping field, JsonValue value) {
        if (fitsLong(value)) {
            return inRange(field.type(), value.parser().getLongValue());
        }
        if (value.isText() && !field.coerce()) {
            throw new IllegalArgumentException(field.type().typeName() + " value passed as String");
        }
        if (!value.isText() && !value.token().isNumeric()) {
            throw new IllegalArgumentException("For input string: \"" + value.text() + "\"");
        }
        return inRange(field.type(), truncated(value.text(), field));
    }

    private static boolean fitsLong(JsonValue value) {
        return value.token() == JsonToken.VALUE_NUMBER_INT
                && value.parser().getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    }

    private static long truncated(String text, FieldMapping field) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            BigDecimal number = number(text);
            if (!field.coerce() && number.stripTrailingZeros().scale() > 0) {
                throw new IllegalArgumentException("Value [" + text + "] has a decimal part");
            }
            // A huge exponent must not be written out in digits, on neither side of the point.
            long digits = (long) number.precision() - number.scale();
            if (number.signum() == 0 || digits <= 0) {
                return 0;
            }
            if (digits > 20) {
                throw outOfRange(text, field.type());
            }
            BigInteger whole = number.toBigInteger();
            if (whole.bitLength() > 63) {
                throw outOfRange(text, field.type());
            }
            return whole.longValue();
        }
    }

    private static BigDecimal number(String text) {
        try {
            return Decimals.of(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("For input string: \"" + text + "\"", e);
        }
    }

    private static long inRange(FieldType type, long number) {
        boolean fits = switch (type) {
            case INTEGER -> number == (int) number;
            case SHORT -> number == (short) number;
            case BYTE -> number == (byte) number;
            default -> true;
        };
        if (!fits) {
            throw outOfRange(Long.toString(number), type);
        }
        return number;
    }

    private static IllegalArgumentException outOfRange(String number, FieldType type) {
        return new IllegalArgumentException("Value [" + number + "] is out of range for a " + type.typeName());
    }

    private static double decimalOf(FieldMapping field, JsonValue value) {
        if (value.token().isNumeric()) {
            return value.parser().getDoubleValue();
        }
        if (!value.isText()) {
            throw new IllegalArgumentException("For input string: \"" + value.text() + "\"");
        }
        if (!field.coerce()) {
            throw new IllegalArgumentException(field.type().typeName() + " value passed as String");
        }
        return Double.parseDouble(value.text());
    }

    private static double decimal(FieldType type, double number) {
        double kept = type == FieldType.FLOAT ? (float) number : number;
        if (!Double.isFinite(kept)) {
            throw new IllegalArgumentException(
                    "[" + type.typeName() + "] supports only finite values, but got [" + number + "]");
        }
        return kept;
    }

    private static boolean flag(JsonValue value) {
        return switch (value.token()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> {
                String text = value.isText() ? value.text() : "?";
                yield switch (text) {
                    case "true" -> true;
                    case "false", "" -> false;
                    default ->
                        throw new IllegalArgumentException(
                                "Failed to parse value [" + value.text() + "] as only [true] or [false] are allowed.");
                };
            }
        };
    }

    private static long date(FieldMapping field, JsonValue value) {
        DateFormat format = field.format() == null ? DateFormat.DEFAULT : DateFormat.of(field.effectiveFormat());
        if (fitsLong(value) && format.isMillis(value.parser().getLongValue())) {
            return value.parser().getLongValue();
        }
        if (!value.isText() && !value.token().isNumeric()) {
            throw new IllegalArgumentException("failed to parse date field [" + value.text() + "]");
        }
        try {
            return format.parse(value.text());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** What stands for null, as a value of the field. */
    static FieldValue nullValue(FieldMapping field, Scalar value) {
        return switch (field.type()) {
            case TEXT, KEYWORD -> new FieldValue.Text(value.asText());
            case LONG, INTEGER, SHORT, BYTE -> new FieldValue.Whole(truncated(value.asText(), field));
            case DOUBLE, FLOAT -> new FieldValue.Decimal(decimal(field.type(), Double.parseDouble(value.asText())));
            case BOOLEAN -> new FieldValue.Whole(value.asText().equals("true") ? 1 : 0);
            case DATE ->
                new FieldValue.Whole(DateFormat.of(field.effectiveFormat()).parse(value.asText()));
            case OBJECT -> throw new IllegalStateException("an object is no leaf: " + field.path());
        };
    }
}
