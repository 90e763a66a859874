package io.elpis.index.http;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/** How many copies of each shard are to serve before an answer, as {@code wait_for_active_shards} says. */
public final class ActiveShards {
    private static final String NAME = "wait_for_active_shards";

    private ActiveShards() {}

    /**
     * @param copies of each shard that the index is to have
     * @return copies of each shard; 1 where nothing is said
     * @throws ElpisException ILLEGAL_ARGUMENT for what is no number or more than there are to be
     */
    public static int each(Parameters parameters, int copies) {
        Integer said = said(parameters);
        if (said != null && said > copies) {
            throw new ElpisException(
                    ErrorCode.ILLEGAL_ARGUMENT,
                    "invalid " + NAME + "[" + said + "]: cannot be greater than number of shard copies [" + copies
                            + "]");
        }
        return said != null ? said : parameters.has(NAME) ? copies : 1;
    }

    /** Refuses what it could not mean, where it has no effect. */
    public static void check(Parameters parameters) {
        var unused = said(parameters);
    }

    /** Null for all of them, or nothing said. */
    private static @Nullable Integer said(Parameters parameters) {
        String text = parameters.text(NAME);
        if (text == null || text.equals("all")) {
            return null;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new ElpisException(ErrorCode.ILLEGAL_ARGUMENT, "cannot parse ActiveShardCount[" + text + "]");
    }
}
