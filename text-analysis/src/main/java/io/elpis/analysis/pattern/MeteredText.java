package io.elpis.analysis.pattern;

/**
 * A text that may be looked at only so often, since a search may go back in it time and again. What is too much depends on
 * pattern and text alone, hence is so on every machine.
 */
final class MeteredText implements CharSequence {
    /** Usual patterns look a few times at each character. */
    private static final long LOOKS_A_CHARACTER = 2_000;

    private static final int FREE_CHARACTERS = 1_000;

    /** Some seconds. */
    private static final long MOST_LOOKS = 200_000_000;

    private final CharSequence text;
    private final Object pattern;
    private long left;

    /**
     * @param pattern for the error
     * @param stepsALook what a search may do between two looks, times a step
     */
    MeteredText(CharSequence text, Object pattern, long stepsALook) {
        this.text = text;
        this.pattern = pattern;
        this.left = Math.min((text.length() + FREE_CHARACTERS) * LOOKS_A_CHARACTER, MOST_LOOKS) / stepsALook;
    }

    @Override
    public char charAt(int index) {
        if (left-- <= 0) {
            throw new IllegalArgumentException(
                    "pattern [" + pattern + "] takes too many steps on a text of [" + text.length() + "] characters");
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
