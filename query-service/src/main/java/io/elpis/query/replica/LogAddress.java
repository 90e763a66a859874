package io.elpis.query.replica;

/** Where a shard's log is. */
public record LogAddress(String topic, int partition) {
    @Override
    public String toString() {
        return topic + "-" + partition;
    }
}
