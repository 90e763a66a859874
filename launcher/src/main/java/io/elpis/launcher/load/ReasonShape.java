package io.elpis.launcher.load;

import java.util.regex.Pattern;

/**
 * What a reason says apart from the record it speaks of: two records that fail for the same cause have the same shape,
 * and failures are counted by it.
 */
final class ReasonShape {

    private static final int LONGEST = 300;

    /** The id that a reason about a conflict begins with. */
    private static final Pattern LEADING_ID = Pattern.compile("^\\[[^]]*]: ");

    /** An apostrophe within a word quotes nothing. */
    private static final Pattern QUOTED = Pattern.compile("(?<!\\w)'.*?'(?!\\w)|\"[^\"]*\"");

    private static final Pattern DOCUMENT = Pattern.compile("\\b(id|_id|value|version|document) ?\\[[^]]*]");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

    private ReasonShape() {}

    static String of(String reason) {
        String shape = reason.length() > LONGEST ? reason.substring(0, LONGEST) : reason;
        shape = LEADING_ID.matcher(shape).replaceFirst("");
        shape = QUOTED.matcher(shape).replaceAll("'…'");
        shape = DOCUMENT.matcher(shape).replaceAll("$1 […]");
        return NUMBER.matcher(shape).replaceAll("#");
    }
}
