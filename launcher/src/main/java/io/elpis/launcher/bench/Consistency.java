package io.elpis.launcher.bench;

import java.util.Locale;

/** How fresh searches must be. */
public enum Consistency {
    /** As fresh as the platform makes them unasked. */
    UNSAID,
    EVENTUAL,
    /** Each client has a session, which goes on for as long as it searches. */
    SESSION,
    STRONG;

    /** What a path to search ends with. */
    String parameter() {
        return this == UNSAID ? "" : "?consistency=" + this;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
