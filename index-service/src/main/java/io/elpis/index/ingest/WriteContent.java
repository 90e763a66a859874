package io.elpis.index.ingest;

import org.jspecify.annotations.Nullable;

/** What a write brings. */
sealed interface WriteContent {
    /** Of a delete. */
    record Nothing() implements WriteContent {}

    /** One JSON object as it came. */
    record Document(BodyPart source) implements WriteContent {}

    /**
     * To be merged into the document when the record is applied.
     *
     * @param doc the partial document
     * @param upsert what to store where there is no document
     */
    record Change(BodyPart doc, @Nullable BodyPart upsert, boolean docAsUpsert, boolean detectNoop)
            implements WriteContent {}
}
