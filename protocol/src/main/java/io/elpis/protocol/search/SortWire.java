package io.elpis.protocol.search;

import io.elpis.model.search.Missing;
import io.elpis.model.search.SortKey.ByDoc;
import io.elpis.model.search.SortKey.ByField;
import io.elpis.model.search.SortKey.ByScore;
import io.elpis.model.search.SortMode;
import io.elpis.model.search.SortOrder;
import java.util.List;

/** Sort keys and sort values on the wire. */
public final class SortWire {
    private static final String SCORE = "_score";
    private static final String DOC = "_doc";

    private SortWire() {}

    public static SortKey write(io.elpis.model.search.SortKey key) {
        SortKey.Builder out = SortKey.newBuilder().setDescending(key.order() == SortOrder.DESC);
        switch (key) {
            case ByScore _ -> out.setField(SCORE);
            case ByDoc _ -> out.setField(DOC);
            case ByField field -> field(field, out);
        }
        return out.build();
    }

    private static void field(ByField key, SortKey.Builder out) {
        out.setField(key.field()).setMode(mode(key.mode()));
        switch (key.missing()) {
            case Missing.First() -> out.setMissing(SortKey.Missing.FIRST);
            case Missing.Last() -> out.setMissing(SortKey.Missing.LAST);
            case Missing.As(var value) -> out.setMissing(SortKey.Missing.VALUE).setMissingAs(ScalarWire.write(value));
        }
        if (key.unmappedType() instanceof String type) {
            out.setUnmappedType(type);
        }
        if (key.format() instanceof String format) {
            out.setFormat(format);
        }
    }

    public static io.elpis.model.search.SortKey read(SortKey in) {
        SortOrder order = in.getDescending() ? SortOrder.DESC : SortOrder.ASC;
        return switch (in.getField()) {
            case SCORE -> new ByScore(order);
            case DOC -> new ByDoc(order);
            default ->
                new ByField(
                        in.getField(),
                        order,
                        missing(in),
                        in.hasUnmappedType() ? in.getUnmappedType() : null,
                        mode(in.getMode()),
                        in.hasFormat() ? in.getFormat() : null);
        };
    }

    public static List<io.elpis.model.search.SortKey> read(List<SortKey> keys) {
        return keys.stream().map(SortWire::read).toList();
    }

    private static Missing missing(SortKey in) {
        return switch (in.getMissing()) {
            case LAST -> new Missing.Last();
            case FIRST -> new Missing.First();
            case VALUE -> new Missing.As(ScalarWire.read(in.getMissingAs()));
            case UNRECOGNIZED -> throw new IllegalArgumentException("unknown place of missing values");
        };
    }

    private static SortKey.Mode mode(SortMode mode) {
        return switch (mode) {
            case DEFAULT -> SortKey.Mode.DEFAULT;
            case MIN -> SortKey.Mode.MIN;
            case MAX -> SortKey.Mode.MAX;
            case SUM -> SortKey.Mode.SUM;
            case AVG -> SortKey.Mode.AVG;
            case MEDIAN -> SortKey.Mode.MEDIAN;
        };
    }

    private static SortMode mode(SortKey.Mode mode) {
        return switch (mode) {
            case DEFAULT -> SortMode.DEFAULT;
            case MIN -> SortMode.MIN;
            case MAX -> SortMode.MAX;
            case SUM -> SortMode.SUM;
            case AVG -> SortMode.AVG;
            case MEDIAN -> SortMode.MEDIAN;
            case UNRECOGNIZED -> throw new IllegalArgumentException("unknown sort mode");
        };
    }

    public static SortValue write(io.elpis.model.result.SortValue value) {
        SortValue.Builder out = SortValue.newBuilder();
        return switch (value) {
            case io.elpis.model.result.SortValue.Text(String text) ->
                out.setText(text).build();
            case io.elpis.model.result.SortValue.Whole(long number) ->
                out.setWhole(number).build();
            case io.elpis.model.result.SortValue.Decimal(double number) ->
                out.setDecimal(number).build();
            case io.elpis.model.result.SortValue.Absent() ->
                out.setMissing(true).build();
        };
    }

    public static io.elpis.model.result.SortValue read(SortValue in) {
        return switch (in.getValueCase()) {
            case TEXT -> new io.elpis.model.result.SortValue.Text(in.getText());
            case WHOLE -> new io.elpis.model.result.SortValue.Whole(in.getWhole());
            case DECIMAL -> new io.elpis.model.result.SortValue.Decimal(in.getDecimal());
            case MISSING, VALUE_NOT_SET -> new io.elpis.model.result.SortValue.Absent();
        };
    }
}
