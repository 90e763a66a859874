package io.elpis.index.log;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads single records of shards' logs. Thread-safe. */
public interface RecordReader {
    /**
     * @return null when the log holds no record at that offset
     * @throws io.elpis.model.error.ElpisException LOG_UNAVAILABLE
     */
    byte @Nullable [] read(LogPartition from, long offset, Duration atMost);
}
