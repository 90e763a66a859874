package io.elpis.torture.check;

import io.elpis.torture.history.Operation;
import io.elpis.torture.history.Reply;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks at what was not done. All requests of a workload are valid, so a platform in trouble may say that it is (429, 503,
 * 504, or nothing at all), but never that the request is wrong or that it has a bug.
 */
public final class Refusals {

    private static final Pattern STATUS = Pattern.compile("^(4\\d\\d|500)\\b");

    /** The first is an outcome of conditions; tokens expire by clocks, which are skewed; the last is asked for. */
    private static final List<String> EXCUSED = List.of("409", "401", "429");

    private Refusals() {}

    /** @return one for each status and reason */
    public static List<String> violations(List<Operation> operations) {
        Map<String, Operation> first = new TreeMap<>();
        Map<String, Integer> counts = new TreeMap<>();
        for (Operation operation : operations) {
            String reason = reason(operation.reply());
            if (wrong(reason)) {
                first.putIfAbsent(reason, operation);
                counts.merge(reason, 1, Integer::sum);
            }
        }
        return first.entrySet().stream()
                .map(entry -> "valid requests were answered with " + entry.getKey() + ", " + counts.get(entry.getKey())
                        + " of them, the first: " + entry.getValue())
                .toList();
    }

    private static String reason(Reply reply) {
        return switch (reply) {
            case Reply.Refused(String reason) -> reason;
            case Reply.Open(String reason) -> reason;
            default -> "";
        };
    }

    private static boolean wrong(String reason) {
        Matcher status = STATUS.matcher(reason);
        return status.find() && !EXCUSED.contains(status.group(1));
    }
}
