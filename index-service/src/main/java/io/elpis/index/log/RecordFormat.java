package io.elpis.index.log;

/** The version of the record format that this writer writes. */
public final class RecordFormat {
    public static final int VERSION = 1;

    private RecordFormat() {}
}
