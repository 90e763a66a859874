package io.elpis.torture.check;

/** What can be said of one document's history. */
sealed interface Judgement {

    record Sound() implements Judgement {}

    record Broken(String reason) implements Judgement {}

    /** @param steps after which the search was given up */
    record Undecided(long steps) implements Judgement {}
}
