package io.elpis.model.search;

import io.elpis.model.query.QueryNode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A search request in the making; its parts are those of {@link SearchRequest}. */
public final class SearchRequestBuilder {
    private QueryNode query;
    private int from;
    private int size;
    private List<SortKey> sort;
    private SourceFilter source;
    private @Nullable Highlight highlight;
    private int trackTotalHits;
    private @Nullable Duration timeout;
    private @Nullable Float minScore;
    private boolean trackScores;
    private boolean version;
    private boolean seqNoPrimaryTerm;
    private @Nullable Boolean allowPartialResults;

    SearchRequestBuilder(SearchRequest request) {
        this.query = request.query();
        this.from = request.from();
        this.size = request.size();
        this.sort = request.sort();
        this.source = request.source();
        this.highlight = request.highlight();
        this.trackTotalHits = request.trackTotalHits();
        this.timeout = request.timeout();
        this.minScore = request.minScore();
        this.trackScores = request.trackScores();
        this.version = request.version();
        this.seqNoPrimaryTerm = request.seqNoPrimaryTerm();
        this.allowPartialResults = request.allowPartialResults();
    }

    public SearchRequestBuilder query(QueryNode value) {
        query = value;
        return this;
    }

    public SearchRequestBuilder from(int value) {
        from = value;
        return this;
    }

    public SearchRequestBuilder size(int value) {
        size = value;
        return this;
    }

    public SearchRequestBuilder sort(List<SortKey> value) {
        sort = value;
        return this;
    }

    public SearchRequestBuilder source(SourceFilter value) {
        source = value;
        return this;
    }

    public SearchRequestBuilder highlight(@Nullable Highlight value) {
        highlight = value;
        return this;
    }

    public SearchRequestBuilder trackTotalHits(int value) {
        trackTotalHits = value;
        return this;
    }

    public SearchRequestBuilder timeout(@Nullable Duration value) {
        timeout = value;
        return this;
    }

    public SearchRequestBuilder minScore(@Nullable Float value) {
        minScore = value;
        return this;
    }

    public SearchRequestBuilder trackScores(boolean value) {
        trackScores = value;
        return this;
    }

    public SearchRequestBuilder version(boolean value) {
        version = value;
        return this;
    }

    public SearchRequestBuilder seqNoPrimaryTerm(boolean value) {
        seqNoPrimaryTerm = value;
        return this;
    }

    public SearchRequestBuilder allowPartialResults(@Nullable Boolean value) {
        allowPartialResults = value;
        return this;
    }

    public SearchRequest build() {
        return new SearchRequest(
                query,
                from,
                size,
                sort,
                source,
                highlight,
                trackTotalHits,
                timeout,
                minScore,
                trackScores,
                version,
                seqNoPrimaryTerm,
                allowPartialResults);
    }
}
