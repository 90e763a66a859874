package io.elpis.index.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an audit has found of one shard. */
record ShardFinding(int shard, Mark mark, Verdict verdict, List<Copy> copies) {

    enum Verdict {
        EQUAL,
        DIFFERING,
        /** Too few copies could be compared. */
        INCOMPLETE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    enum CopyVerdict {
        EQUAL,
        /** From most others; or from another, and nobody knows which of them is right. */
        DIFFERS,
        DAMAGED,
        UNKNOWN;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param content null unless the copy told it */
    record Copy(
            String node, CopyAnswer.@Nullable Content content, boolean verified, CopyVerdict verdict, String reason) {}

    ShardFinding {
        copies = List.copyOf(copies);
    }

    /**
     * Judges the copies of a shard: what more than half of those that told agree on is taken for right.
     *
     * @param wanted copies
     * @param answers by node
     */
    static ShardFinding of(int shard, Mark mark, int wanted, Map<String, CopyAnswer> answers) {
        Map<CopyAnswer.Content, Integer> votes = new HashMap<>();
        answers.values().forEach(answer -> {
            if (answer instanceof CopyAnswer.Told told) {
                votes.merge(told.content(), 1, Integer::sum);
            }
        });
        int voters = votes.values().stream().mapToInt(Integer::intValue).sum();
        CopyAnswer.Content agreed = votes.entrySet().stream()
                .filter(vote -> 2 * vote.getValue() > voters)
                .map(Map.Entry::getKey)
                .findAny()
                .orElse(null);
        List<Copy> copies = new ArrayList<>();
        answers.forEach((node, answer) -> copies.add(judge(node, answer, agreed)));
        return new ShardFinding(shard, mark, verdict(copies, wanted), copies);
    }

    private static Copy judge(String node, CopyAnswer answer, CopyAnswer.@Nullable Content agreed) {
        return switch (answer) {
            case CopyAnswer.Damaged(String reason) -> new Copy(node, null, true, CopyVerdict.DAMAGED, reason);
            case CopyAnswer.Silent(String reason) -> new Copy(node, null, false, CopyVerdict.UNKNOWN, reason);
            case CopyAnswer.Told(CopyAnswer.Content content, boolean verified) -> {
                if (content.equals(agreed)) {
                    yield new Copy(node, content, verified, CopyVerdict.EQUAL, "");
                }
                String reason =
                        agreed == null ? "the copies do not agree" : "most other copies agree on another content";
                yield new Copy(node, content, verified, CopyVerdict.DIFFERS, reason);
            }
        };
    }

    private static Verdict verdict(List<Copy> copies, int wanted) {
        long equal = copies.stream()
                .filter(copy -> copy.verdict() == CopyVerdict.EQUAL)
                .count();
        boolean wrong = copies.stream()
                .anyMatch(copy -> copy.verdict() == CopyVerdict.DIFFERS || copy.verdict() == CopyVerdict.DAMAGED);
        return wrong ? Verdict.DIFFERING : equal < wanted || equal < copies.size() ? Verdict.INCOMPLETE : Verdict.EQUAL;
    }

    List<Copy> copies(CopyVerdict verdict) {
        return copies.stream().filter(copy -> copy.verdict() == verdict).toList();
    }
}
