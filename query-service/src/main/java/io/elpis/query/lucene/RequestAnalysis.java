package io.elpis.query.lucene;

import io.elpis.analysis.budget.AnalysisBudget;

/**
 * What the analysis of a request's texts may take: far less than a document's, since anybody may ask at any time. Nothing
 * of it is kept, so that copies may differ here.
 */
public final class RequestAnalysis {
    /** About a second. */
    private static final long MOST_STEPS = 200_000_000;

    /** Kept by filters, as many as for a document. */
    private static final long MOST_BYTES = 160_000_000;

    private RequestAnalysis() {}

    /** One for all texts that are analyzed together. */
    public static AnalysisBudget budget() {
        return new AnalysisBudget(MOST_STEPS, MOST_BYTES);
    }
}
