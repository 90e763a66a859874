package io.elpis.query.replica;

/**
 * What a node may decide for itself about its copies.
 *
 * @param ramBufferBytes documents held in memory before Lucene writes a segment
 * @param liveBytes size of the operations newer than the open reader at which they are refreshed
 */
public record CopySettings(long ramBufferBytes, long liveBytes) {
    public static final CopySettings DEFAULT = new CopySettings(32L << 20, 32L << 20);

    public CopySettings {
        if (ramBufferBytes < 1 || liveBytes < 1) {
            throw new IllegalArgumentException("copy settings must be positive");
        }
    }
}
