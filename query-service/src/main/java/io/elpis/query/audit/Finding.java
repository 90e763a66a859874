package io.elpis.query.audit;

/** What the check of a commit has found. */
public sealed interface Finding {
    /**
     * Every file has the checksum it was written with, and the documents are those that the commit says it has.
     *
     * @param nextOffset of the first record that is not in the commit
     * @param bytes read of files and documents
     */
    record Sound(long nextOffset, long documents, long bytes) implements Finding {}

    /** The commit is not what was written, or was written wrong. */
    record Damaged(String reason) implements Finding {}

    /** There was nothing to check: the copy is not open, or went away meanwhile. */
    record Nothing(String reason) implements Finding {}
}
