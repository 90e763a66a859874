package io.elpis.query.lucene;

import io.elpis.analysis.budget.AnalysisBudget;
import org.apache.lucene.search.IndexSearcher;
import org.jspecify.annotations.Nullable;

/**
 * What the texts of one query may still be made of. Their tokens are all in memory before any of them is a clause, so that
 * the limit of clauses comes too late. For one thread.
 */
final class TextAllowance {
    private static final int LONGEST_TEXT = 1_000_000;

    /** A text that is sought in many fields is analyzed as often. */
    private static final long MOST_CHARACTERS = 16L * LONGEST_TEXT;

    private static final int MOST_TEXTS_WORTH = 16;

    /** Each of them takes up to some kilobytes in an automaton. */
    private static final int MOST_IN_ANY_CASE = 10_000;

    private final AnalysisBudget analysis = RequestAnalysis.budget();
    private long characters = MOST_CHARACTERS;
    private long tokens = (long) MOST_TEXTS_WORTH * IndexSearcher.getMaxClauseCount();
    private long inAnyCase = MOST_IN_ANY_CASE;

    /**
     * @param call reads the text's tokens, all of them
     * @throws io.elpis.model.error.ElpisException QUERY_SHARD when it is too long
     */
    <R extends @Nullable Object> R analyze(String text, ScopedValue.CallableOp<R, RuntimeException> call) {
        if (text.length() > LONGEST_TEXT) {
            throw Numbers.unfit("the text has [" + text.length() + "] characters, more than [" + LONGEST_TEXT + "]");
        }
        characters -= text.length();
        if (characters < 0) {
            throw Numbers.unfit("texts of more than [" + MOST_CHARACTERS + "] characters have to be analyzed");
        }
        return analysis.share(call);
    }

    /** @throws io.elpis.model.error.ElpisException QUERY_SHARD when it is too long */
    void anyCase(String text) {
        inAnyCase -= text.length();
        if (inAnyCase < 0) {
            throw Numbers.unfit("more than [" + MOST_IN_ANY_CASE + "] characters are sought in any case");
        }
    }

    /**
     * @param ofText how many its text has, this one included
     * @throws IndexSearcher.TooManyClauses
     */
    void token(int ofText) {
        if (ofText > IndexSearcher.getMaxClauseCount() || --tokens < 0) {
            throw new IndexSearcher.TooManyClauses();
        }
    }
}
