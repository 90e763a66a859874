package io.elpis.index.ingest;

import java.util.Locale;

/** What a write does; the names are those of bulk actions. */
enum WriteKind {
    INDEX,
    CREATE,
    DELETE,
    UPDATE;

    private final String action = name().toLowerCase(Locale.ROOT);

    String action() {
        return action;
    }
}
