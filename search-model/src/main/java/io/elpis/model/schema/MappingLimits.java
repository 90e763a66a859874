package io.elpis.model.schema;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;

/** Keeps mappings from growing without end. */
public final class MappingLimits {
    private MappingLimits() {}

    /** @throws ElpisException ILLEGAL_ARGUMENT when there are more fields than the index allows */
    public static void check(Mapping mapping, IndexSettings settings) {
        if (mapping.totalFields() > settings.totalFieldsLimit()) {
            throw new ElpisException(
                    ErrorCode.ILLEGAL_ARGUMENT,
                    "Limit of total fields [" + settings.totalFieldsLimit() + "] has been exceeded");
        }
    }
}
