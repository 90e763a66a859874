package io.elpis.index.log;

import com.google.errorprone.annotations.ThreadSafe;
import com.google.protobuf.ByteString;
import io.elpis.model.error.ElpisException;
import io.elpis.model.schema.IndexMetadata;
import io.elpis.protocol.record.LogRecord;
import io.elpis.protocol.record.MappingWire;
import java.time.Duration;

/** Appends a mapping to a partition before this writer first uses it there. */
@ThreadSafe
public final class MappingAnnouncer {
    private final Announcements announcements;

    public MappingAnnouncer(RecordLog log, Duration patience) {
        this.announcements = new Announcements("the mapping", log, patience);
    }

    /**
     * Returns once the partitions hold the index's mapping or a newer one.
     *
     * @throws ElpisException LOG_UNAVAILABLE; none of the caller's records has been handed over then
     */
    public void announce(IndexMetadata index, Iterable<LogPartition> partitions) {
        announcements.announce(index.mapping().version(), () -> record(index), partitions);
    }

    /** Forgets partitions of indices that are gone. */
    public void forget(String topic) {
        announcements.forget(topic);
    }

    /** How many partitions it remembers. */
    public int partitions() {
        return announcements.partitions();
    }

    private static LogRecord record(IndexMetadata index) {
        return LogRecord.newBuilder()
                .setFormatVersion(RecordFormat.VERSION)
                .setIndexUuid(ByteString.copyFrom(index.uuid().bytes()))
                .setMapping(MappingWire.write(index.mapping(), index.settings().analysis()))
                .build();
    }
}
