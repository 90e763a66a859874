package io.elpis.support.access;

/** What a request must bring along. */
public sealed interface Requirement {
    /** Nothing at all. */
    record Open() implements Requirement {}

    /** A valid token. */
    record Authenticated() implements Requirement {}

    /** A valid token with this scope. */
    record Scope(String name) implements Requirement {}
}
