package io.elpis.aggregator.merge;

/** So much is missing that there is no page: OpenSearch's {@code search_phase_execution_exception}. */
public final class SearchPhaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Coverage coverage;

    public SearchPhaseException(Coverage coverage) {
        super(coverage.isNothing() ? "all shards failed" : "Partial shards failure", null, false, false);
        this.coverage = coverage;
    }

    public Coverage coverage() {
        return coverage;
    }

    public String reason() {
        return coverage.isNothing() ? "all shards failed" : "Partial shards failure";
    }

    /** The request's fault where every missing shard says so. */
    public int httpStatus() {
        return coverage.failures().stream()
                .mapToInt(failure -> failure.reason().code().httpStatus())
                .max()
                .orElse(503);
    }
}
