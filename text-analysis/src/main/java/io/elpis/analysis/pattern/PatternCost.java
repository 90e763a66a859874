package io.elpis.analysis.pattern;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What Java's matcher may do without a look at the text, told from the pattern alone. Two things are refused, as nothing
 * could stop them later: groups that are repeated often, since the matcher goes a step down its stack with each turn of
 * one that may give back what it took, and many choices in a row that all take nothing, since it would try them all.
 */
final class PatternCost {
    /** Turns of counted groups within one another. */
    private static final long MOST_TURNS = 200;

    private static final long MOST_IDLE_WAYS = 64;

    private final String text;
    private final Deque<Group> open = new ArrayDeque<>();
    private int at;

    /** One that is open, or the whole pattern. */
    private static final class Group {
        final boolean looksAround;
        boolean takes;
        long emptyAlternatives;
        long turns = 1;
        long idleWays = 1;

        Group(boolean looksAround) {
            this.looksAround = looksAround;
        }

        void endAlternative() {
            if (!takes) {
                emptyAlternatives++;
            }
            takes = false;
        }
    }

    /** @param most {@link Long#MAX_VALUE} for any number */
    private record Repetition(long least, long most, boolean possessive) {
        static final Repetition ONCE = new Repetition(1, 1, false);

        boolean once() {
            return least == 1 && most == 1;
        }
    }

    private PatternCost(String text) {
        this.text = text;
    }

    /**
     * @param text of a pattern that compiles
     * @return in how many ways at most it takes nothing from one look at the text to the next
     * @throws IllegalArgumentException naming what is not supported
     */
    static long idleWays(String text) {
        return new PatternCost(text).idleWays();
    }

    private long idleWays() {
        open.push(new Group(false));
        while (at < text.length()) {
            switch (text.charAt(at++)) {
                case '\\' -> escape();
                case '[' -> {
                    skipClass();
                    atom(true);
                }
                case '(' -> open();
                case ')' -> close();
                case '|' -> open.element().endAlternative();
                case '^', '$' -> atom(false);
                default -> atom(true);
            }
        }
        Group whole = open.pop();
        whole.endAlternative();
        return ways(whole.idleWays, Math.max(1, whole.emptyAlternatives));
    }

    /** @param takes whether it takes a character wherever it matches */
    private void atom(boolean takes) {
        Group group = open.element();
        Repetition repetition = repetition();
        group.takes |= takes && repetition.least > 0;
        if (!takes && !repetition.once()) {
            group.idleWays = ways(group.idleWays, 2);
        }
    }

    private void escape() {
        char name = text.charAt(at++);
        switch (name) {
            case 'Q' -> quotation();
            case 'b', 'B' -> {
                skipBraces();
                atom(false);
            }
            case 'A', 'G', 'z', 'Z' -> atom(false);
            case 'E' -> {}
            case 'k' -> {
                at = text.indexOf('>', at) + 1;
                atom(false);
            }
            case 'p', 'P', 'x', 'N' -> {
                if (!skipBraces()) {
                    at += name == 'x' ? 2 : 1;
                }
                atom(true);
            }
            case 'u' -> {
                at += 4;
                atom(true);
            }
            case 'c' -> {
                at++;
                atom(true);
            }
            default -> {
                boolean number = Character.isDigit(name);
                while (number && at < text.length() && Character.isDigit(text.charAt(at))) {
                    at++;
                }
                atom(!number || name == '0');
            }
        }
    }

    /** What is repeated behind it is its last character. */
    private void quotation() {
        int end = text.indexOf("\\E", at);
        int behind = end < 0 ? text.length() : end;
        Group group = open.element();
        group.takes |= behind - at > 1;
        boolean empty = behind == at;
        at = end < 0 ? behind : end + 2;
        if (!empty) {
            atom(true);
        }
    }

    private boolean skipBraces() {
        boolean there = text.startsWith("{", at);
        if (there) {
            at = text.indexOf('}', at) + 1;
        }
        return there;
    }

    private void skipClass() {
        int depth = 1;
        while (depth > 0 && at < text.length()) {
            switch (text.charAt(at++)) {
                case '\\' -> {
                    int end = text.startsWith("Q", at) ? text.indexOf("\\E", at) : -1;
                    at = end < 0 ? at + 1 : end + 2;
                }
                case '[' -> depth++;
                case ']' -> depth--;
                default -> {}
            }
        }
    }

    private void open() {
        boolean looksAround = false;
        if (text.startsWith("?", at)) {
            int flags = ++at;
            looksAround = text.startsWith("=", at)
                    || text.startsWith("!", at)
                    || text.startsWith("<=", at)
                    || text.startsWith("<!", at);
            if (looksAround) {
                at += text.charAt(at) == '<' ? 2 : 1;
            } else if (text.startsWith("<", at)) {
                at = text.indexOf('>', at) + 1;
            } else if (text.startsWith(">", at)) {
                at++;
            } else {
                while (text.charAt(at) != ':' && text.charAt(at) != ')') {
                    at++;
                }
                if (text.substring(flags, at).contains("x")) {
                    throw new IllegalArgumentException("comments [(?x)] are not supported");
                }
                at += text.charAt(at) == ':' ? 1 : 0;
            }
        }
        open.push(new Group(looksAround));
    }

    private void close() {
        Group group = open.pop();
        group.endAlternative();
        boolean takes = group.emptyAlternatives == 0 && !group.looksAround;
        long turns = group.turns;
        long idle = ways(group.idleWays, Math.max(1, group.emptyAlternatives));
        Repetition repetition = repetition();
        if (!repetition.possessive && repetition.most > 1) {
            turns = turns(turns, repetition.most);
            long once = idle;
            for (long turn = 1; once > 1 && turn < repetition.most; turn++) {
                idle = ways(idle, once);
            }
        }
        if (!takes && !repetition.once()) {
            idle = ways(idle, 2);
        }
        Group outer = open.element();
        outer.takes |= takes && repetition.least > 0;
        outer.turns = Math.max(outer.turns, turns);
        outer.idleWays = ways(outer.idleWays, idle);
    }

    /** Of what ends here. */
    private Repetition repetition() {
        if (at == text.length()) {
            return Repetition.ONCE;
        }
        long least = 0;
        long most = Long.MAX_VALUE;
        switch (text.charAt(at)) {
            case '*' -> {}
            case '+' -> least = 1;
            case '?' -> most = 1;
            case '{' -> {
                String bounds = text.substring(at + 1, text.indexOf('}', at));
                int comma = bounds.indexOf(',');
                least = Long.parseLong(comma < 0 ? bounds : bounds.substring(0, comma));
                String upper = bounds.substring(comma + 1);
                most = upper.isEmpty() ? Long.MAX_VALUE : Long.parseLong(upper);
                at = text.indexOf('}', at);
            }
            default -> {
                return Repetition.ONCE;
            }
        }
        at++;
        boolean possessive = text.startsWith("+", at);
        at += possessive || text.startsWith("?", at) ? 1 : 0;
        return new Repetition(least, most, possessive);
    }

    private static long turns(long within, long own) {
        long turns = own > MOST_TURNS ? own : within * own;
        if (turns > MOST_TURNS) {
            throw new IllegalArgumentException(
                    "a group that is repeated often is not supported: repeat a character or a"
                            + " class of them, or make it possessive as in [(a|b)*+]");
        }
        return turns;
    }

    private static long ways(long some, long more) {
        if (some * more > MOST_IDLE_WAYS) {
            throw new IllegalArgumentException(
                    "so many choices that may take no character are not supported, as in [(a?|b?)(c?|d?)]");
        }
        return some * more;
    }
}
