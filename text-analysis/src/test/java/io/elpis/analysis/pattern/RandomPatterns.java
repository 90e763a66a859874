package io.elpis.analysis.pattern;

import java.util.Random;

/** Makes patterns of all that Java's syntax has for choices, repetitions and places between characters. */
final class RandomPatterns {
    private static final String[] ATOMS = {
        "a",
        "b",
        ".",
        "[ab]",
        "[^a]",
        "\\w",
        "\\W",
        "\\b",
        "\\B",
        "^",
        "$",
        "\\z",
        "\\Z",
        "\\G",
        "",
        "\\Qab\\E",
        "\\u0061",
        "\\x61",
        "\\p{L}",
        "\\R",
        "\\X",
        "(?!)",
        "(?i)"
    };
    private static final String[] REPETITIONS = {
        "", "", "", "?", "*", "+", "??", "*?", "+?", "?+", "*+", "++", "{2}", "{0,3}", "{1,}", "{3}?", "{0,9}"
    };
    private static final String[] GROUPS = {"(", "(?:", "(?=", "(?!", "(?<=", "(?>"};

    private RandomPatterns() {}

    static String next(Random random, int depth) {
        StringBuilder text = new StringBuilder();
        int items = random.nextInt(1, depth > 2 ? 7 : 4);
        for (int item = 0; item < items; item++) {
            if (depth > 0 && random.nextInt(3) == 0) {
                text.append(GROUPS[random.nextInt(GROUPS.length)]).append(next(random, depth - 1));
                for (int more = random.nextInt(3); more > 0; more--) {
                    text.append('|').append(next(random, depth - 1));
                }
                text.append(')');
            } else {
                text.append(ATOMS[random.nextInt(ATOMS.length)]);
            }
            text.append(REPETITIONS[random.nextInt(REPETITIONS.length)]);
        }
        return text.toString();
    }
}
