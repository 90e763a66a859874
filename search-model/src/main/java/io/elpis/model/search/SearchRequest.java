package io.elpis.model.search;

import io.elpis.model.query.QueryNode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A search, free of where it is sent.
 *
 * @param sort empty: by score, best first
 * @param trackTotalHits hits are counted up to this number at least; {@link #TRACK_EXACTLY}, {@link #TRACK_NOTHING}
 * @param timeout shards answer with what they have when it passes; null: the platform's own deadline alone
 * @param minScore hits below it are left out
 * @param trackScores scores are computed even when hits are sorted by something else
 * @param allowPartialResults a shard that does not answer is reported, not an error; null: the platform's default
 */
public record SearchRequest(
        QueryNode query,
        int from,
        int size,
        List<SortKey> sort,
        SourceFilter source,
        @Nullable Highlight highlight,
        int trackTotalHits,
        @Nullable Duration timeout,
        @Nullable Float minScore,
        boolean trackScores,
        boolean version,
        boolean seqNoPrimaryTerm,
        @Nullable Boolean allowPartialResults) {

    public static final int DEFAULT_SIZE = 10;
    public static final int DEFAULT_TRACK_TOTAL_HITS = 10_000;
    public static final int TRACK_EXACTLY = Integer.MAX_VALUE;
    public static final int TRACK_NOTHING = -1;

    public SearchRequest {
        if (from < 0 || size < 0 || trackTotalHits < TRACK_NOTHING) {
            throw new IllegalArgumentException("negative from, size or track_total_hits");
        }
        sort = List.copyOf(sort);
    }

    /** A search for the query with all else by default. */
    public static SearchRequest of(QueryNode query) {
        return new SearchRequest(
                query,
                0,
                DEFAULT_SIZE,
                List.of(),
                SourceFilter.ALL,
                null,
                DEFAULT_TRACK_TOTAL_HITS,
                null,
                null,
                false,
                false,
                false,
                null);
    }

    /** For a request that differs in some parts. */
    public SearchRequestBuilder but() {
        return new SearchRequestBuilder(this);
    }

    /** How many hits each shard has to contribute; never overflows. */
    public int top() {
        return (int) Math.min(Integer.MAX_VALUE, (long) from + size);
    }

    /** Whether hits carry scores. */
    public boolean needsScores() {
        return trackScores || sort.isEmpty() || sort.stream().anyMatch(SortKey.ByScore.class::isInstance);
    }
}
