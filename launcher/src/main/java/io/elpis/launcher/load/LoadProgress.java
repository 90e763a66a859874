package io.elpis.launcher.load;

/** Is told how far a load has come; several threads tell at once. */
public interface LoadProgress extends AutoCloseable {

    LoadProgress SILENT = (bytes, records) -> {};

    /** More input bytes were dealt with, which held so many records. */
    void advanced(long bytes, long records);

    @Override
    default void close() {}
}
