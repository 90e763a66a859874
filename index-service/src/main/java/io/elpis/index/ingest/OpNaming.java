package io.elpis.index.ingest;

import io.elpis.index.catalog.CatalogIndex;
import io.elpis.model.error.ElpisException;
import io.elpis.protocol.record.OpId;

/** Names the operations of a request. */
@FunctionalInterface
interface OpNaming {
    /**
     * @param position of the operation in its request
     * @throws ElpisException when the operation was not meant for this index: it is refused
     */
    OpId name(CatalogIndex index, int position);

    /** Whether an index that is not there is created for the request, where that is allowed at all. */
    default boolean createsIndices() {
        return true;
    }
}
