package io.elpis.model.search;

import org.jspecify.annotations.Nullable;

/** One criterion of the order of hits. */
public sealed interface SortKey {
    SortOrder order();

    record ByScore(SortOrder order) implements SortKey {}

    /** No order of its own: hits stand by the hash of their id, the same on every copy. */
    record ByDoc(SortOrder order) implements SortKey {}

    /**
     * @param unmappedType where an index lacks the field its documents count as having no value of this type;
     *     null: such an index fails
     * @param format date format of the printed sort value; null: milliseconds
     */
    record ByField(
            String field,
            SortOrder order,
            Missing missing,
            @Nullable String unmappedType,
            SortMode mode,
            @Nullable String format)
            implements SortKey {
        public static ByField of(String field, SortOrder order) {
            return new ByField(field, order, new Missing.Last(), null, SortMode.DEFAULT, null);
        }
    }
}
