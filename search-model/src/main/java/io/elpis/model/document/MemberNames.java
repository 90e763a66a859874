package io.elpis.model.document;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names one JSON object has had so far. Most objects have few, and comparing those is cheaper than hashing them: the
 * parser gives the same string for the same name, so that equal ones are identical and others differ early.
 */
final class MemberNames {
    private static final int FEW = 24;

    private String[] few = new String[4];
    private int count;
    private @Nullable Set<String> many;

    /** @return false when the name was there already */
    boolean add(String name) {
        if (many != null) {
            return many.add(name);
        }
        for (int at = 0; at < count; at++) {
            if (name.equals(few[at])) {
                return false;
            }
        }
        if (count == FEW) {
            Set<String> set = new HashSet<>(4 * FEW);
            Collections.addAll(set, few);
            many = set;
            return set.add(name);
        }
        if (count == few.length) {
            few = Arrays.copyOf(few, Math.min(2 * count, FEW));
        }
        few[count++] = name;
        return true;
    }
}
