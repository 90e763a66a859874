package io.elpis.aggregator.scatter;

import io.elpis.aggregator.plan.ShardTarget;
import java.util.List;

/**
 * All that came back.
 *
 * @param outcomes one for each target
 */
public record Gathered(List<ShardTarget> targets, List<ShardOutcome> outcomes, List<NodeAnswer> answers) {
    public Gathered {
        outcomes = List.copyOf(outcomes);
        answers = List.copyOf(answers);
    }
}
