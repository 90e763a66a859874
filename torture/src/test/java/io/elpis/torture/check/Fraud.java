package io.elpis.torture.check;

import java.util.Set;

/** Ways in which a platform of several copies that apply one log can be built wrongly, and the judges that see each. */
enum Fraud {
    NONE,
    /** A copy leaves records out. */
    SKIPS_RECORDS(Judge.REGISTERS, Judge.CENSUS, Judge.MEMBERS, Judge.REPEATS, Judge.AUDIT),
    /** A copy goes on after an I/O error instead of trying again. */
    SKIPS_ON_IO_ERROR(Judge.REGISTERS, Judge.MEMBERS, Judge.REPEATS, Judge.AUDIT),
    /** A strong read answers before its barrier was applied. */
    IGNORES_BARRIERS(Judge.REGISTERS),
    /** The writer answers before the record is in the log, which it may never be. */
    ANSWERS_BEFORE_THE_LOG(Judge.REGISTERS, Judge.CENSUS),
    /** A commit's position is ahead of its documents. */
    COMMITS_AHEAD(Judge.REGISTERS, Judge.MEMBERS, Judge.REPEATS, Judge.AUDIT),
    /** After a crash records are read with the newest mapping instead of the one of their place in the log. */
    REPLAYS_WITH_NEWEST_MAPPING(Judge.REGISTERS, Judge.CENSUS, Judge.MEMBERS, Judge.REPEATS, Judge.AUDIT),
    /** A record that was sent again is applied again. */
    APPLIES_REPEATS(Judge.REGISTERS, Judge.MEMBERS),
    /** A record that was sent again is decided again; nothing of it is applied, but its outcome is told. */
    DECIDES_REPEATS_ANEW(Judge.REPEATS),
    /** A copy gives some changes the number of the change before; all copies do so alike. */
    GIVES_NUMBERS_TWICE(Judge.CENSUS),
    /** A session's read does not wait for what the session has seen. */
    FORGETS_SESSIONS(Judge.REGISTERS);

    private final Set<Judge> judges;

    Fraud(Judge... judges) {
        this.judges = Set.of(judges);
    }

    /** Each of which must speak by itself. */
    Set<Judge> judges() {
        return judges;
    }

    /** Whether it makes copies differ; where it does not an audit has nothing to say. */
    boolean divides() {
        return judges.contains(Judge.AUDIT);
    }
}
