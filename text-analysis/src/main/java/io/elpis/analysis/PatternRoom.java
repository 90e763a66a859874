package io.elpis.analysis;

import io.elpis.analysis.pattern.LinearPattern;

/**
 * Room for the programs of all patterns of one index: written out, a pattern of some characters takes tens of kilobytes,
 * in the index-service and again in each copy. For one thread at a time.
 */
final class PatternRoom {
    private static final long MOST = 50_000;

    private long taken;

    /** @throws IllegalArgumentException when the pattern is none, is not supported or finds no room */
    LinearPattern compile(String text) {
        LinearPattern pattern = LinearPattern.compile(text);
        taken += pattern.size();
        if (taken > MOST) {
            throw new IllegalArgumentException("the patterns of an index, each counted wherever it is used, have more"
                    + " than [" + MOST + "] steps, repetitions written out");
        }
        return pattern;
    }
}
