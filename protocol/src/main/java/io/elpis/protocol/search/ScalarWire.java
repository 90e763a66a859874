package io.elpis.protocol.search;

/** Single values on the wire. */
public final class ScalarWire {
    private ScalarWire() {}

    public static Scalar write(io.elpis.model.query.Scalar value) {
        Scalar.Builder out = Scalar.newBuilder();
        return switch (value) {
            case io.elpis.model.query.Scalar.Text(String text) ->
                out.setText(text).build();
            case io.elpis.model.query.Scalar.Whole(long number) ->
                out.setWhole(number).build();
            case io.elpis.model.query.Scalar.Decimal(double number) ->
                out.setDecimal(number).build();
            case io.elpis.model.query.Scalar.Flag(boolean flag) ->
                out.setFlag(flag).build();
        };
    }

    public static io.elpis.model.query.Scalar read(Scalar in) {
        return switch (in.getValueCase()) {
            case TEXT -> new io.elpis.model.query.Scalar.Text(in.getText());
            case WHOLE -> new io.elpis.model.query.Scalar.Whole(in.getWhole());
            case DECIMAL -> new io.elpis.model.query.Scalar.Decimal(in.getDecimal());
            case FLAG -> new io.elpis.model.query.Scalar.Flag(in.getFlag());
            case VALUE_NOT_SET -> throw new IllegalArgumentException("a scalar without a value");
        };
    }
}
