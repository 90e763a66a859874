package io.elpis.torture.history;

/**
 * One call of one client, from before its first sending to after the last answer.
 *
 * @param client who asked, from 0; a client asks one thing at a time
 * @param key the document
 * @param invoked nanoseconds since the run's begin, of one monotonic clock for all clients
 * @param returned as {@code invoked}; for an open reply the moment at which the client gave up
 * @param attempts how often it was sent
 */
public record Operation(int client, String key, Call call, Reply reply, long invoked, long returned, int attempts) {

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

    public boolean read() {
        return call instanceof Call.Read;
    }
}
