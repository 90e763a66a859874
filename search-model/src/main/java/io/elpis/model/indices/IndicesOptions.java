package io.elpis.model.indices;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;

/**
 * @param ignoreUnavailable names of indices that do not exist are passed over
 * @param allowNoIndices a pattern may match nothing
 * @param expandWildcards patterns match at all
 */
public record IndicesOptions(boolean ignoreUnavailable, boolean allowNoIndices, boolean expandWildcards) {
    public static final IndicesOptions DEFAULT = new IndicesOptions(false, true, true);

    /** Whatever does not exist is passed over. */
    public static final IndicesOptions LENIENT = new IndicesOptions(true, true, true);

    /**
     * Whether patterns match by what {@code expand_wildcards} says: every index is open and none hidden.
     *
     * @throws ElpisException ILLEGAL_ARGUMENT for words that OpenSearch does not know
     */
    public static boolean expands(String words) {
        boolean open = false;
        for (String word : words.split(",", -1)) {
            open = switch (word) {
                case "open", "all" -> true;
                case "closed", "hidden" -> open;
                case "none" -> false;
                default ->
                    throw new ElpisException(
                            ErrorCode.ILLEGAL_ARGUMENT, "No valid expand wildcard value [" + word + "]");
            };
        }
        return open;
    }
}
