package io.elpis.aggregator.plan;

/**
 * @param ignoreUnavailable names of indices that do not exist are passed over
 * @param allowNoIndices a pattern may match nothing
 * @param expandWildcards patterns match at all
 */
public record IndicesOptions(boolean ignoreUnavailable, boolean allowNoIndices, boolean expandWildcards) {
    public static final IndicesOptions DEFAULT = new IndicesOptions(false, true, true);
}
