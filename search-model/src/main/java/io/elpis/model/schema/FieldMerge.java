package io.elpis.model.schema;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says what of a field may change once documents have been indexed with it. */
final class FieldMerge {
    private FieldMerge() {}

    /**
     * @return {@code update}, when nothing differs that is fixed for ever
     * @throws ElpisException ILLEGAL_ARGUMENT naming every parameter in conflict
     */
    static FieldMapping merge(FieldMapping current, FieldMapping update) {
        if (current.type() != update.type()) {
            throw new ElpisException(
                    ErrorCode.ILLEGAL_ARGUMENT,
                    "mapper [" + current.path() + "] cannot be changed from type ["
                            + current.type().typeName() + "] to ["
                            + update.type().typeName() + "]");
        }
        List<String> conflicts = new ArrayList<>();
        compare(conflicts, "analyzer", orDefault(current.analyzer()), orDefault(update.analyzer()));
        compare(conflicts, "index", current.index(), update.index());
        compare(conflicts, "store", current.store(), update.store());
        compare(conflicts, "doc_values", current.docValues(), update.docValues());
        compare(conflicts, "format", current.effectiveFormat(), update.effectiveFormat());
        compare(conflicts, "null_value", current.nullValue(), update.nullValue());
        // Not even away: Lucene refuses documents whose field has other norms than its first.
        compare(conflicts, "norms", current.norms(), update.norms());
        if (!conflicts.isEmpty()) {
            throw new ElpisException(
                    ErrorCode.ILLEGAL_ARGUMENT,
                    "Mapper for [" + current.path() + "] conflicts with existing mapper:\n\t"
                            + String.join("\n\t", conflicts));
        }
        return update;
    }

    private static String orDefault(@Nullable String analyzer) {
        return analyzer == null ? "default" : analyzer;
    }

    private static void compare(
            List<String> conflicts, String name, @Nullable Object current, @Nullable Object update) {
        if (!Objects.equals(current, update)) {
            conflicts.add("Cannot update parameter [" + name + "] from [" + current + "] to [" + update + "]");
        }
    }
}
