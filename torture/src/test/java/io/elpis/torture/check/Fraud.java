package io.elpis.torture.check;

/** Ways in which a platform of several copies that apply one log can be built wrongly. */
enum Fraud {
    NONE,
    /** A copy leaves records out. */
    SKIPS_RECORDS,
    /** A copy goes on after an I/O error instead of trying again. */
    SKIPS_ON_IO_ERROR,
    /** A strong read answers before its barrier was applied. */
    IGNORES_BARRIERS,
    /** The writer answers before the record is in the log, which it may never be. */
    ANSWERS_BEFORE_THE_LOG,
    /** A commit's position is ahead of its documents. */
    COMMITS_AHEAD,
    /** After a crash records are read with the newest mapping instead of the one of their place in the log. */
    REPLAYS_WITH_NEWEST_MAPPING,
    /** A record that was sent again is applied again. */
    APPLIES_REPEATS,
    /** A session's read does not wait for what the session has seen. */
    FORGETS_SESSIONS
}
