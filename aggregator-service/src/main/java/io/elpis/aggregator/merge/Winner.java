package io.elpis.aggregator.merge;

import io.elpis.aggregator.plan.ShardTarget;
import io.elpis.aggregator.scatter.NodeAnswer;
import io.elpis.protocol.node.Hit;
import io.elpis.protocol.node.HitContent;
import org.jspecify.annotations.Nullable;

/**
 * A hit on the page.
 *
 * @param from whose answer it came with
 * @param content null until fetched
 */
public record Winner(
        ShardTarget target,
        NodeAnswer from,
        Hit hit,
        @Nullable HitContent content) {
    public Winner withContent(HitContent fetched) {
        return new Winner(target, from, hit, fetched);
    }
}
