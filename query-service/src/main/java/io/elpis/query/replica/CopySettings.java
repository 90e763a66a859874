package io.elpis.query.replica;

/**
 * @param outcomeDistance how many log offsets back outcomes are kept and repeated op-ids recognised
 * @param ramBufferBytes documents held in memory before Lucene writes a segment
 * @param liveBytes size of the operations newer than the open reader at which they are refreshed
 */
public record CopySettings(int outcomeDistance, long ramBufferBytes, long liveBytes) {
    public static final CopySettings DEFAULT = new CopySettings(20_000, 32L << 20, 32L << 20);

    public CopySettings {
        if (outcomeDistance < 1 || ramBufferBytes < 1 || liveBytes < 1) {
            throw new IllegalArgumentException("copy settings must be positive");
        }
    }
}
