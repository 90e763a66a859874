package io.elpis.model.mutation;

import io.elpis.model.error.ElpisException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What may become of a request that its sender got wrong: it succeeds, or is refused with 4xx in words of ours. */
public final class Refusals {
    private static final Pattern CLASS_NAME = Pattern.compile(
            "\\b(?:java|javax|jdk|sun|com|org|io|tools)\\.[a-z]\\w*\\.\\w|\\b(?:[A-Z]\\w+(?:Exception|Error|Feature)|Json[A-Z]\\w+)\\b");

    private static final int RUNS = Integer.getInteger("elpis.mutations", 2_000);

    private Refusals() {}

    /** What is done with a request. */
    public interface Handling {
        void handle(byte[] request) throws Exception;
    }

    /** The valid request succeeds; of a few thousand that are nearly valid none fails in another way than it may. */
    public static void check(String valid, Handling handling, Function<Mutations, byte[]> mutated) throws Exception {
        check(valid, RUNS, handling, mutated);
    }

    /** @param runs as many as are fast enough */
    public static void check(String valid, int runs, Handling handling, Function<Mutations, byte[]> mutated)
            throws Exception {
        handling.handle(valid.getBytes(StandardCharsets.UTF_8));
        long first = Long.getLong("elpis.seed", 1);
        for (long seed = first; seed < first + runs; seed++) {
            byte[] request = mutated.apply(new Mutations(seed));
            try {
                handleOrBeTold(handling, request);
            } catch (Exception | StackOverflowError | AssertionError fault) {
                throw new AssertionError(shown(seed, request), fault);
            }
        }
    }

    private static void handleOrBeTold(Handling handling, byte[] request) throws Exception {
        try {
            handling.handle(request);
        } catch (ElpisException refusal) {
            requireTold(refusal.code().httpStatus(), refusal.reason());
        }
    }

    /** @throws AssertionError when it is not the sender's fault, or names a class */
    public static void requireTold(int status, String reason) {
        if (status < 400 || status > 499) {
            throw new AssertionError("status " + status + ", " + reason);
        }
        if (CLASS_NAME.matcher(reason).find()) {
            throw new AssertionError(reason);
        }
    }

    private static String shown(long seed, byte[] request) {
        String text = new String(request, StandardCharsets.UTF_8);
        return "seed " + seed + ": " + (text.length() > 3_000 ? text.substring(0, 3_000) + "…" : text);
    }
}
