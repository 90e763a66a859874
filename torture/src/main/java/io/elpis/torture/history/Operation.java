package io.elpis.torture.history;

/**
 * One call of one client, from before its first sending to after the last answer.
 *
 * @param client who asked, from 0; a client asks one thing at a time
 * @param key the document
 * @param invoked nanoseconds since the run's begin, of one monotonic clock for all clients
 * @param returned as {@code invoked}; for an open reply the moment at which the client gave up
 * @param attempts how often it was sent
 * @param session whether the client's session has seen what it was told
 */
public record Operation(
        int client, String key, Call call, Reply reply, long invoked, long returned, int attempts, boolean session) {

    /** Outside of any session. */
    public Operation(int client, String key, Call call, Reply reply, long invoked, long returned, int attempts) {
        this(client, key, call, reply, invoked, returned, attempts, false);
    }

    public Operation {
        if (returned < invoked || attempts < 1) {
            throw new IllegalArgumentException(
                    "returned " + returned + " after invoked " + invoked + ", attempts " + attempts);
        }
    }

    public boolean open() {
        return reply instanceof Reply.Open;
    }

    /** Whether it certainly had no effect and saw nothing. */
    public boolean refused() {
        return reply instanceof Reply.Refused;
    }

    /** Whether it is a write that the platform says it has done. */
    public boolean acknowledged() {
        return reply instanceof Reply.Stored || reply instanceof Reply.Removed;
    }

    /** Whether it is a write with an outcome. */
    public boolean settled() {
        return acknowledged() || reply instanceof Reply.Conflict;
    }

    public boolean read() {
        return call instanceof Call.Read;
    }

    /** Whether it is a read that may see less than everything. */
    public boolean weak() {
        return call instanceof Call.Read read && read.consistency() != Call.Consistency.STRONG;
    }
}
