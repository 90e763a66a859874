package io.elpis.model.search;

import io.elpis.model.body.BodyReader;
import io.elpis.model.error.ElpisException;
import io.elpis.model.query.Scalar;
import io.elpis.model.time.DateFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** Reads sort criteria in all their forms. */
final class SortParser {
    private static final String SCORE = "_score";
    private static final String DOC = "_doc";

    private final BodyReader in;
    private final List<SortKey> keys = new ArrayList<>();

    private SortParser(BodyReader in) {
        this.in = in;
    }

    static List<SortKey> parse(BodyReader in) {
        SortParser parser = new SortParser(in);
        if (in.isAt(JsonToken.START_ARRAY)) {
            while (in.next() != JsonToken.END_ARRAY) {
                parser.element();
            }
        } else {
            parser.element();
        }
        return plain(parser.keys);
    }

    /** Reads the form of URLs: {@code a:asc,b}. */
    static List<SortKey> parse(String text) {
        List<SortKey> keys = new ArrayList<>();
        for (String part : text.split(",")) {
            String criterion = part.strip();
            int colon = criterion.lastIndexOf(':');
            if (criterion.isEmpty() || colon == 0) {
                throw SearchParameters.mistake("sort", text);
            }
            String order = colon < 0 ? null : criterion.substring(colon + 1);
            keys.add(key(
                    colon < 0 ? criterion : criterion.substring(0, colon),
                    order == null ? null : urlOrder(order, text)));
        }
        return plain(keys);
    }

    private static SortOrder urlOrder(String order, String text) {
        return switch (order) {
            case "asc" -> SortOrder.ASC;
            case "desc" -> SortOrder.DESC;
            default -> throw SearchParameters.mistake("sort", text);
        };
    }

    /** By score alone, best first, is what hits stand by anyway. */
    private static List<SortKey> plain(List<SortKey> keys) {
        return keys.size() == 1 && keys.getFirst().equals(new SortKey.ByScore(SortOrder.DESC)) ? List.of() : keys;
    }

    private static SortKey key(String field, @Nullable SortOrder order) {
        return switch (field) {
            case SCORE -> new SortKey.ByScore(order == null ? SortOrder.DESC : order);
            case DOC -> new SortKey.ByDoc(order == null ? SortOrder.ASC : order);
            default -> SortKey.ByField.of(field, order == null ? SortOrder.ASC : order);
        };
    }

    private void element() {
        if (in.isAt(JsonToken.VALUE_STRING)) {
            keys.add(key(in.text("sort"), null));
            return;
        }
        in.expect(
                JsonToken.START_OBJECT,
                "malformed sort format, within the sort array, an object, or an actual string are allowed");
        for (String field = in.nextMember(); field != null; field = in.nextMember()) {
            keys.add(in.isAt(JsonToken.START_OBJECT) ? options(field) : key(field, order()));
        }
    }

    private SortOrder order() {
        String text = in.text("order");
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "asc" -> SortOrder.ASC;
            case "desc" -> SortOrder.DESC;
            default -> throw in.mistake("Unknown SortOrder [" + text + "]");
        };
    }

    private SortKey options(String field) {
        SortOrder order = null;
        Missing missing = new Missing.Last();
        String unmappedType = null;
        SortMode mode = SortMode.DEFAULT;
        String format = null;
        for (String name = in.nextMember(); name != null; name = in.nextMember()) {
            switch (name) {
                case "order" -> order = order();
                case "missing" -> missing = missing();
                case "unmapped_type" -> unmappedType = in.text(name);
                case "mode" -> mode = mode();
                case "format" -> format = format();
                default -> throw in.mistake("[field_sort] unknown field [" + name + "]");
            }
        }
        SortKey plain = key(field, order);
        return plain instanceof SortKey.ByField
                ? new SortKey.ByField(field, plain.order(), missing, unmappedType, mode, format)
                : plain;
    }

    private Missing missing() {
        if (in.fitsLong()) {
            return new Missing.As(new Scalar.Whole(in.wholeNumber()));
        }
        if (in.isAt(JsonToken.VALUE_NUMBER_FLOAT)) {
            return new Missing.As(new Scalar.Decimal(in.decimalNumber()));
        }
        String text = in.text("missing");
        return switch (text) {
            case "_first" -> new Missing.First();
            case "_last" -> new Missing.Last();
            default -> new Missing.As(new Scalar.Text(text));
        };
    }

    private String format() {
        String text = in.text("format");
        try {
            return DateFormat.of(text).toString();
        } catch (ElpisException e) {
            throw in.mistake(e.reason());
        }
    }

    private SortMode mode() {
        String text = in.text("mode");
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "min" -> SortMode.MIN;
            case "max" -> SortMode.MAX;
            case "sum" -> SortMode.SUM;
            case "avg" -> SortMode.AVG;
            case "median" -> SortMode.MEDIAN;
            default -> throw in.mistake("Unknown SortMode [" + text + "]");
        };
    }
}
