package io.elpis.model.result;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a winning hit brings along.
 *
 * @param source JSON passed through unparsed; no bytes when not asked for
 * @param routing null where the id itself routed the document
 * @param highlight marked fragments by field
 */
public record HitContent(
        byte[] source,
        @Nullable String routing,
        long version,
        long seqNo,
        long primaryTerm,
        Map<String, List<String>> highlight) {
    public HitContent {
        highlight = Collections.unmodifiableMap(new LinkedHashMap<>(highlight));
    }

    public boolean hasSource() {
        return source.length > 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HitContent that
                && Arrays.equals(source, that.source)
                && Objects.equals(routing, that.routing)
                && version == that.version
                && seqNo == that.seqNo
                && primaryTerm == that.primaryTerm
                && highlight.equals(that.highlight);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(source) + Objects.hash(routing, version, seqNo, primaryTerm, highlight);
    }
}
