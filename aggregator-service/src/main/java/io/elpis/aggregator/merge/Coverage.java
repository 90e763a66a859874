package io.elpis.aggregator.merge;

import io.elpis.aggregator.plan.ShardTarget;
import io.elpis.aggregator.scatter.Gathered;
import io.elpis.aggregator.scatter.ShardOutcome;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/**
 * How much of what was asked is in the answer.
 *
 * @param timedOut a shard did not finish in time, be it that it answered with what it had
 */
public record Coverage(int total, List<ShardFailure> failures, boolean timedOut) {
    public Coverage {
        failures = List.copyOf(failures);
    }

    public static Coverage of(Gathered gathered) {
        List<ShardFailure> failures = new ArrayList<>(0);
        boolean timedOut = false;
        for (int ordinal = 0; ordinal < gathered.targets().size(); ordinal++) {
            ShardTarget target = gathered.targets().get(ordinal);
            switch (gathered.outcomes().get(ordinal)) {
                case ShardOutcome.Answered answered ->
                    timedOut |= answered.answer().getTimedOut();
                case ShardOutcome.TimedOut(String node) -> {
                    timedOut = true;
                    failures.add(new ShardFailure(target, node, late(target)));
                }
                case ShardOutcome.Failed failed ->
                    failures.add(new ShardFailure(target, failed.node(), failed.reason()));
            }
        }
        return new Coverage(gathered.targets().size(), failures, timedOut);
    }

    private static ElpisException late(ShardTarget target) {
        return new ElpisException(ErrorCode.TIMED_OUT, "shard " + target + " did not answer in time");
    }

    public int successful() {
        return total - failures.size();
    }

    public boolean isComplete() {
        return failures.isEmpty() && !timedOut;
    }

    /** Whether shards were asked and none answered. */
    public boolean isNothing() {
        return total > 0 && failures.size() == total;
    }
}
