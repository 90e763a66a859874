package io.elpis.aggregator.plan;

/** A name in which {@code *} stands for any characters. */
final class Wildcard {
    private final String[] parts;

    Wildcard(String pattern) {
        this.parts = pattern.split("\\*", -1);
    }

    boolean matches(String name) {
        String first = parts[0];
        String last = parts[parts.length - 1];
        if (parts.length == 1) {
            return name.equals(first);
        }
        if (name.length() < first.length() + last.length() || !name.startsWith(first) || !name.endsWith(last)) {
            return false;
        }
        int at = first.length();
        int end = name.length() - last.length();
        for (int part = 1; part < parts.length - 1; part++) {
            int found = name.indexOf(parts[part], at);
            if (found < 0 || found + parts[part].length() > end) {
                return false;
            }
            at = found + parts[part].length();
        }
        return true;
    }
}
