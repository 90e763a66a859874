package io.elpis.aggregator.scatter;

import io.elpis.aggregator.plan.ShardTarget;
import io.elpis.protocol.node.SearchResponse;
import io.elpis.support.topology.LiveNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of each shard of one scatter: who has been asked for it, and what came of it. For one thread at a time. */
final class ShardBook {
    private final @Nullable ShardOutcome[] outcomes;
    private final List<List<String>> asked;
    private final ShardOutcome.@Nullable Failed[] behind;
    private final List<NodeAnswer> answers = new ArrayList<>(4);
    private int open;

    /** A shard that an otherwise good answer has nothing for. */
    record Unanswered(int ordinal, NodeFailure failure) {}

    ShardBook(int shards) {
        this.outcomes = new ShardOutcome[shards];
        this.behind = new ShardOutcome.Failed[shards];
        this.asked = new ArrayList<>(shards);
        for (int ordinal = 0; ordinal < shards; ordinal++) {
            asked.add(new ArrayList<>(2));
        }
        this.open = shards;
    }

    boolean isDone() {
        return open == 0;
    }

    boolean isOpen(int ordinal) {
        return outcomes[ordinal] == null;
    }

    /** Those of them that have no outcome yet. */
    List<Integer> open(List<Integer> ordinals) {
        List<Integer> left = new ArrayList<>(ordinals.size());
        for (int ordinal : ordinals) {
            if (isOpen(ordinal)) {
                left.add(ordinal);
            }
        }
        return left;
    }

    void ask(List<Integer> ordinals, LiveNode node) {
        for (int ordinal : ordinals) {
            asked.get(ordinal).add(node.name());
        }
    }

    boolean wasAsked(int ordinal, LiveNode node) {
        return asked.get(ordinal).contains(node.name());
    }

    /** Keeps what a copy that is behind has told of itself: should time run out, that is why. */
    void note(int ordinal, LiveNode node, NodeFailure failure) {
        if (failure.isBehind()) {
            behind[ordinal] = new ShardOutcome.Failed(node.name(), failure.error());
        }
    }

    /** @param node asked last */
    void settleLate(List<Integer> ordinals, String node) {
        for (int ordinal : ordinals) {
            ShardOutcome.Failed known = behind[ordinal];
            settle(ordinal, known != null ? known : new ShardOutcome.TimedOut(node));
        }
    }

    void settle(List<Integer> ordinals, ShardOutcome outcome) {
        for (int ordinal : ordinals) {
            settle(ordinal, outcome);
        }
    }

    void settle(int ordinal, ShardOutcome outcome) {
        if (isOpen(ordinal)) {
            open--;
        }
        outcomes[ordinal] = outcome;
    }

    /**
     * Takes in what an answer settles. A node's hits are the best of all its shards together, so that taking those of
     * one shard from elsewhere may leave the others with too few: an earlier answer for some of these shards, from a
     * node that was asked beside this one, gives way.
     *
     * @param ordinals the shards the node was asked for, in the order of the response
     * @return open shards it has no answer for
     */
    List<Unanswered> accept(LiveNode node, List<Integer> ordinals, SearchResponse response) {
        List<Integer> news = open(ordinals);
        List<Unanswered> unanswered = new ArrayList<>(0);
        Boolean[] accepted = new Boolean[ordinals.size()];
        Arrays.fill(accepted, false);
        List<Integer> inherited = news.size() == ordinals.size() ? List.of() : supersede(news, ordinals, response);
        for (int at = 0; at < accepted.length; at++) {
            int ordinal = ordinals.get(at);
            boolean wanted = isOpen(ordinal) || inherited.contains(ordinal);
            if (wanted && response.getShards(at).hasFailure()) {
                unanswered.add(new Unanswered(
                        ordinal, NodeFailure.of(response.getShards(at).getFailure())));
            } else if (wanted) {
                settle(ordinal, new ShardOutcome.Answered(node.name(), response.getShards(at)));
                accepted[at] = true;
            }
        }
        if (Arrays.asList(accepted).contains(true)) {
            answers.add(new NodeAnswer(node, response, ordinals, Arrays.asList(accepted)));
        }
        return unanswered;
    }

    /** @return the shards of earlier answers that gave way */
    private List<Integer> supersede(List<Integer> news, List<Integer> ordinals, SearchResponse response) {
        List<Integer> inherited = new ArrayList<>(0);
        if (!has(news, ordinals, response)) {
            return inherited;
        }
        answers.removeIf(earlier -> {
            List<Integer> shards = earlier.acceptedOrdinals();
            boolean givesWay = ordinals.containsAll(shards) && hasAll(shards, ordinals, response);
            if (givesWay) {
                inherited.addAll(shards);
            }
            return givesWay;
        });
        return inherited;
    }

    private static boolean has(List<Integer> some, List<Integer> ordinals, SearchResponse response) {
        return some.stream()
                .anyMatch(ordinal ->
                        !response.getShards(ordinals.indexOf(ordinal)).hasFailure());
    }

    private static boolean hasAll(List<Integer> shards, List<Integer> ordinals, SearchResponse response) {
        return shards.stream()
                .noneMatch(
                        ordinal -> response.getShards(ordinals.indexOf(ordinal)).hasFailure());
    }

    /** When all is done. */
    Gathered gathered(List<ShardTarget> targets) {
        List<ShardOutcome> all = new ArrayList<>(outcomes.length);
        for (ShardOutcome outcome : outcomes) {
            if (outcome == null) {
                throw new IllegalStateException("a shard is still open");
            }
            all.add(outcome);
        }
        return new Gathered(targets, all, answers);
    }
}
