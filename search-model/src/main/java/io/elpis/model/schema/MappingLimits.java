package io.elpis.model.schema;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;

/**
 * Keeps mappings from growing without end: in fields, in bytes, and in the length of names. What an index had before it
 * was looked at stays.
 */
public final class MappingLimits {
    /** Of mappings and of settings each. Both go into one record of the log or the catalog, which takes 15 MB. */
    static final int MAX_BYTES = 4 << 20;

    private static final int MAX_PATH = 1_000;
    private static final int SHOWN = 100;

    private MappingLimits() {}

    /**
     * @param before what the mapping was made from
     * @throws ElpisException ILLEGAL_ARGUMENT when there are more fields than the index allows, or when the mapping has
     *     grown and is too large
     */
    public static void check(Mapping mapping, Mapping before, IndexSettings settings) {
        checkFields(mapping.totalFields(), settings.totalFieldsLimit());
        long bytes = mapping.storedBytes();
        if (bytes > MAX_BYTES && bytes > before.storedBytes()) {
            throw tooLarge("mapping", bytes);
        }
    }

    /** @throws ElpisException ILLEGAL_ARGUMENT when there are more fields than the limit */
    public static void checkFields(int fields, int limit) {
        if (fields > limit) {
            throw new ElpisException(
                    ErrorCode.ILLEGAL_ARGUMENT, "Limit of total fields [" + limit + "] has been exceeded");
        }
    }

    /**
     * Of a new index. No update changes what can be large of them, the analysis.
     *
     * @throws ElpisException ILLEGAL_ARGUMENT when they are too large
     */
    static void check(IndexSettings settings) {
        long bytes = IndexSettingsWriter.stored(settings).length;
        if (bytes > MAX_BYTES) {
            throw tooLarge("settings", bytes);
        }
    }

    private static ElpisException tooLarge(String what, long bytes) {
        return new ElpisException(
                ErrorCode.ILLEGAL_ARGUMENT,
                "Limit of the size of " + what + " [" + MAX_BYTES + "] bytes has been exceeded by [" + bytes
                        + "] bytes as stored");
    }

    /**
     * @param prefix of a field or object that is not there yet, up to its last point
     * @throws ElpisException ILLEGAL_ARGUMENT when its full path would be too long
     */
    public static void checkPath(String prefix, String name) {
        if (prefix.length() + name.length() > MAX_PATH) {
            String start = prefix.substring(0, Math.min(prefix.length(), SHOWN))
                    + name.substring(0, Math.min(name.length(), SHOWN));
            throw new ElpisException(
                    ErrorCode.ILLEGAL_ARGUMENT,
                    "Field name [" + start.substring(0, Math.min(start.length(), SHOWN))
                            + "...] is longer than the limit of [" + MAX_PATH + "] characters");
        }
    }
}
