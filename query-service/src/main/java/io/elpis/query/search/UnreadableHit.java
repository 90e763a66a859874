package io.elpis.query.search;

/** A hit was found and could not be read: its shard does not answer. */
final class UnreadableHit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int shardOrdinal;
    private final Exception reason;

    UnreadableHit(int shardOrdinal, Exception reason) {
        super(null, reason, false, false);
        this.shardOrdinal = shardOrdinal;
        this.reason = reason;
    }

    int shardOrdinal() {
        return shardOrdinal;
    }

    Exception reason() {
        return reason;
    }
}
