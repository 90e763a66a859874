package io.elpis.launcher.bench;

/**
 * Searches that failed alike.
 *
 * @param kind status and type of the error
 * @param first where the first of them stands
 * @param reason of the first of them
 */
record Failures(String kind, long count, String first, String reason) {

    Failures plusOne() {
        return new Failures(kind, count + 1, first, reason);
    }
}
