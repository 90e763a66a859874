package io.elpis.analysis.budget;

/**
 * What the analysis of a text, or of all the texts of a document, may take. Filters multiply what they get, one after the
 * other, and patterns may look at a text time and again: without a limit a short document could need more time or memory
 * than any machine has. What is spent depends on analyzers and texts alone, so all copies refuse the same documents.
 * For one thread at a time.
 */
public final class AnalysisBudget {
    /** About half a minute. */
    private static final long MOST_STEPS = 5_000_000_000L;

    private static final int STEPS_A_TOKEN = 10;
    private static final int CHARACTERS_A_STEP = 16;

    /** Of the usual words of one language, as many as the longest record of the log can hold. */
    private static final long MOST_BYTES = 160_000_000;

    /** What a token takes in an index that is being built, beside its characters. */
    private static final int BYTES_A_TOKEN = 40;

    private static final int BYTES_A_CHARACTER = 2;

    private static final ScopedValue<AnalysisBudget> SHARED = ScopedValue.newInstance();

    private final long mostSteps;
    private final long mostBytes;
    private long steps;
    private long bytes;

    public AnalysisBudget() {
        this(MOST_STEPS, MOST_BYTES);
    }

    /** Another than all have, for tests: copies whose budgets differ would differ. */
    public AnalysisBudget(long mostSteps, long mostBytes) {
        this.mostSteps = mostSteps;
        this.mostBytes = mostBytes;
    }

    /** For all texts that this thread analyzes during the call. */
    public <R, X extends Throwable> R share(ScopedValue.CallableOp<R, X> call) throws X {
        return ScopedValue.where(SHARED, this).call(call);
    }

    /** The one that is shared, else one for the text that begins. */
    public static AnalysisBudget current() {
        return SHARED.isBound() ? SHARED.get() : new AnalysisBudget();
    }

    /**
     * A token went from one part of an analyzer to the next.
     *
     * @param length of its text, in characters
     * @throws IllegalArgumentException when it is one too many
     */
    public void pass(int length) {
        step(STEPS_A_TOKEN + length / CHARACTERS_A_STEP);
    }

    /**
     * @param count of what takes some nanoseconds each
     * @throws IllegalArgumentException when it is too much
     */
    public void step(long count) {
        steps += count;
        if (steps > mostSteps) {
            throw new IllegalArgumentException("analysis takes more than [" + mostSteps + "] steps");
        }
    }

    /**
     * A token stays in memory.
     *
     * @param length of its text, in characters
     * @throws IllegalArgumentException when it is one too many
     */
    public void keep(int length) {
        bytes += BYTES_A_TOKEN + (long) BYTES_A_CHARACTER * length;
        if (bytes > mostBytes) {
            throw new IllegalArgumentException("tokens take more than [" + mostBytes + "] bytes: [" + BYTES_A_TOKEN
                    + "] each and [" + BYTES_A_CHARACTER + "] for each of their characters");
        }
    }
}
