package io.elpis.model.schema;

import io.elpis.model.query.Scalar;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A leaf of the mapping: one field that documents have values of.
 *
 * @param path full path, such as {@code a.b} or, for a multi-field, {@code a.b.raw}
 * @param number names the field in log records; unique in the index for ever, at least 1
 * @param analyzer of TEXT fields; null: the index's default
 * @param searchAnalyzer null: the same as {@code analyzer}
 * @param index values can be searched
 * @param docValues values can be sorted by; never for TEXT
 * @param store values are kept outside the source as well
 * @param norms scores know the text's length
 * @param ignoreAbove KEYWORD values with more characters are left out; {@link Integer#MAX_VALUE}: none
 * @param format of DATE fields, {@code ||} between alternatives; null: the default
 * @param nullValue stands for JSON null; null: a null is no value
 * @param ignoreMalformed a value of the wrong type is left out instead of failing the document
 * @param coerce whole-number fields take texts and fractions
 * @param copyTo full paths of fields that get the values as well
 * @param meta for readers alone
 */
public record FieldMapping(
        String path,
        int number,
        FieldType type,
        @Nullable String analyzer,
        @Nullable String searchAnalyzer,
        boolean index,
        boolean docValues,
        boolean store,
        boolean norms,
        int ignoreAbove,
        @Nullable String format,
        @Nullable Scalar nullValue,
        boolean ignoreMalformed,
        boolean coerce,
        List<String> copyTo,
        Map<String, String> meta) {

    public static final String DEFAULT_DATE_FORMAT = "strict_date_optional_time||epoch_millis";

    public FieldMapping {
        if (path.isEmpty() || number < 1 || type == FieldType.OBJECT || ignoreAbove < 0) {
            throw new IllegalArgumentException("bad field mapping " + path + " " + number + " " + type);
        }
        copyTo = List.copyOf(copyTo);
        meta = Collections.unmodifiableMap(new LinkedHashMap<>(meta));
    }

    /** A field of this type with all else as OpenSearch has it by default. */
    public static FieldMapping of(String path, int number, FieldType type) {
        return new FieldMapping(
                path,
                number,
                type,
                null,
                null,
                true,
                type != FieldType.TEXT,
                false,
                type == FieldType.TEXT,
                Integer.MAX_VALUE,
                null,
                null,
                false,
                true,
                List.of(),
                Map.of());
    }

    public FieldMapping withIgnoreAbove(int limit) {
        return new FieldMapping(
                path,
                number,
                type,
                analyzer,
                searchAnalyzer,
                index,
                docValues,
                store,
                norms,
                limit,
                format,
                nullValue,
                ignoreMalformed,
                coerce,
                copyTo,
                meta);
    }

    public FieldMapping withAnalyzer(@Nullable String name) {
        return new FieldMapping(
                path,
                number,
                type,
                name,
                searchAnalyzer,
                index,
                docValues,
                store,
                norms,
                ignoreAbove,
                format,
                nullValue,
                ignoreMalformed,
                coerce,
                copyTo,
                meta);
    }

    public FieldMapping withFormat(String pattern) {
        return new FieldMapping(
                path,
                number,
                type,
                analyzer,
                searchAnalyzer,
                index,
                docValues,
                store,
                norms,
                ignoreAbove,
                pattern,
                nullValue,
                ignoreMalformed,
                coerce,
                copyTo,
                meta);
    }

    /** The date format in force. */
    public String effectiveFormat() {
        return format != null ? format : DEFAULT_DATE_FORMAT;
    }
}
