package io.elpis.query.audit;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.apache.lucene.store.RateLimiter;

/** Holds up whoever reads, so that others get their share of the disk. */
interface Pace {
    /** Called after so many bytes were read. */
    void passed(long bytes) throws IOException;

    /**
     * @param hurried asked again and again: whether somebody waits, so that the rate does not count
     * @throws IllegalArgumentException unless the rate is positive
     */
    static Pace of(long bytesPerSecond, BooleanSupplier hurried) {
        if (bytesPerSecond < 1) {
            throw new IllegalArgumentException("a rate of " + bytesPerSecond + " bytes a second");
        }
        RateLimiter limiter = new RateLimiter.SimpleRateLimiter(bytesPerSecond / (1024.0 * 1024.0));
        return new Pace() {
            private long owed;

            @Override
            public void passed(long bytes) throws IOException {
                owed += bytes;
                if (owed >= limiter.getMinPauseCheckBytes()) {
                    if (!hurried.getAsBoolean()) {
                        limiter.pause(owed);
                    }
                    owed = 0;
                }
            }
        };
    }
}
