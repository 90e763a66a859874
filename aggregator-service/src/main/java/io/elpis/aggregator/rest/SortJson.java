package io.elpis.aggregator.rest;

import io.elpis.model.search.SortKey;
import io.elpis.model.time.DateFormat;
import io.elpis.protocol.node.Hit;
import io.elpis.protocol.search.SortValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A hit's sort values as OpenSearch prints them: dates in the key's format where it has one. */
final class SortJson {
    private SortJson() {}

    static void sort(Hit hit, List<SortKey> keys, JsonOut out) {
        out.name("sort").open('[');
        for (int at = 0; at < hit.getSortCount(); at++) {
            out.element();
            value(hit, hit.getSort(at), at < keys.size() ? keys.get(at) : null, out);
        }
        out.close(']');
    }

    private static void value(Hit hit, SortValue value, @Nullable SortKey key, JsonOut out) {
        if (key instanceof SortKey.ByScore) {
            out.number(hit.getScore());
            return;
        }
        switch (value.getValueCase()) {
            case TEXT -> out.text(value.getText());
            case WHOLE -> {
                if (key instanceof SortKey.ByField field
                        && field.format() instanceof String format
                        && !standsInForNothing(value.getWhole())) {
                    out.text(DateFormat.of(format).print(value.getWhole()));
                } else {
                    out.number(value.getWhole());
                }
            }
            case DECIMAL -> {
                double number = value.getDecimal();
                // A missing value's place is infinitely far, which JSON has no number for.
                if (Double.isInfinite(number)) {
                    out.text(Double.toString(number));
                } else {
                    out.number(number);
                }
            }
            case MISSING, VALUE_NOT_SET -> out.nothing();
        }
    }

    /** What a missing value sorts as is no date. */
    private static boolean standsInForNothing(long millis) {
        return millis == Long.MAX_VALUE || millis == Long.MIN_VALUE;
    }
}
