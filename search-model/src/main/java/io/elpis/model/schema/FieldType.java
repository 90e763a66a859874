package io.elpis.model.schema;

import java.util.Locale;

/** What a field's values are. */
public enum FieldType {
    TEXT,
    KEYWORD,
    LONG,
    INTEGER,
    SHORT,
    BYTE,
    DOUBLE,
    FLOAT,
    DATE,
    BOOLEAN,
    OBJECT;

    private final String typeName = name().toLowerCase(Locale.ROOT);

    /** The name mappings use. */
    public String typeName() {
        return typeName;
    }

    /** Values are whole numbers. */
    public boolean isWhole() {
        return this == LONG || this == INTEGER || this == SHORT || this == BYTE;
    }

    /** Values are numbers with a fraction. */
    public boolean isDecimal() {
        return this == DOUBLE || this == FLOAT;
    }

    public boolean isNumeric() {
        return isWhole() || isDecimal();
    }
}
