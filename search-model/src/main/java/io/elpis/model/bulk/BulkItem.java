package io.elpis.model.bulk;

import io.elpis.model.error.ElpisException;
import org.jspecify.annotations.Nullable;

/** One item of a bulk request, or why it is none. */
public sealed interface BulkItem {
    BulkAction action();

    @Nullable
    String index();

    @Nullable
    String id();

    /**
     * @param index null where neither the line nor the request names one
     * @param id null: to be made up
     * @param routing null: the id routes
     * @param ifSeqNo null, as {@code ifPrimaryTerm}: unconditional
     * @param version null unless {@code versionType} is external
     * @param versionType null: internal
     * @param retryOnConflict null: not said; means something for updates only
     * @param sourceOffset where the document begins in the request's body
     * @param sourceLength 0 for deletes
     */
    record Operation(
            BulkAction action,
            @Nullable String index,
            @Nullable String id,
            @Nullable String routing,
            @Nullable Long ifSeqNo,
            @Nullable Long ifPrimaryTerm,
            @Nullable Long version,
            @Nullable String versionType,
            @Nullable Long retryOnConflict,
            int sourceOffset,
            int sourceLength)
            implements BulkItem {}

    /** An item that cannot be carried out; the others can. */
    record Broken(
            BulkAction action,
            @Nullable String index,
            @Nullable String id,
            ElpisException failure) implements BulkItem {}
}
