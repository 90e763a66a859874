package io.elpis.model.search;

import java.util.List;

/**
 * What of the source a hit brings along.
 *
 * @param enabled false: nothing
 * @param includes paths, may hold {@code *}; empty: everything
 * @param excludes paths, may hold {@code *}
 */
public record SourceFilter(boolean enabled, List<String> includes, List<String> excludes) {
    public static final SourceFilter ALL = new SourceFilter(true, List.of(), List.of());
    public static final SourceFilter NONE = new SourceFilter(false, List.of(), List.of());

    public SourceFilter {
        includes = List.copyOf(includes);
        excludes = List.copyOf(excludes);
    }

    /** The source passes unchanged. */
    public boolean isWhole() {
        return enabled && includes.isEmpty() && excludes.isEmpty();
    }
}
