package io.elpis.analysis.pattern;

import io.elpis.analysis.budget.AnalysisBudget;

/**
 * A text each look at which is paid for: a search from every place on to the end of the text would take its length squared.
 */
final class MeteredText implements CharSequence {
    private final CharSequence text;
    private final int stepsALook;
    private final AnalysisBudget budget = AnalysisBudget.current();

    MeteredText(CharSequence text, int stepsALook) {
        this.text = text;
        this.stepsALook = stepsALook;
    }

    @Override
    public char charAt(int index) {
        budget.step(stepsALook);
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
