package io.elpis.aggregator.plan;

/**
 * Factors on a node's rank.
 *
 * @param otherZone above 1: how much slower a node of one's own zone may be before another zone's is asked
 * @param alreadyAsked below 1: how much slower a node may be that is asked for another shard anyway; saves calls
 * @param jitter spreads what would else herd: ranks vary by this share
 */
public record ChoiceWeights(double otherZone, double alreadyAsked, double jitter) {
    public static final ChoiceWeights DEFAULT = new ChoiceWeights(1.5, 0.6, 0.2);
}
