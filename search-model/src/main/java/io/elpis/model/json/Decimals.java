package io.elpis.model.json;

import java.math.BigDecimal;

/** Numbers that somebody wrote as a text. */
public final class Decimals {
    /** In characters, sign and point included: digits cost more than in proportion to their number. */
    private static final int LONGEST = 1_000;

    private Decimals() {}

    /** @throws NumberFormatException for what is no number, or has too many digits to be read */
    public static BigDecimal of(String text) {
        if (text.length() > LONGEST) {
            throw new NumberFormatException("too many digits");
        }
        return new BigDecimal(text);
    }
}
