package io.elpis.query.catalog;

import com.google.protobuf.InvalidProtocolBufferException;
import io.elpis.model.error.ElpisException;
import io.elpis.model.schema.IndexSettings;
import io.elpis.model.schema.IndexSettingsParser;
import io.elpis.model.schema.IndexUuid;
import io.elpis.protocol.node.CatalogEntry;
import io.elpis.protocol.node.CatalogSnapshot;
import io.elpis.query.log.TopicTable;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalog as far as this node has read it. What it knows survives a restart without Kafka: it is kept in a file,
 * rewritten a moment after a change.
 */
public final class NodeCatalog implements TopicTable.Reader {
    public static final String TOPIC = "elpis.catalog";

    private static final Logger LOG = LoggerFactory.getLogger(NodeCatalog.class);

    private final CatalogFile file;
    private final BiConsumer<IndexUuid, Duration> onRefreshInterval;
    private final Map<IndexUuid, CatalogEntry> entries = new ConcurrentHashMap<>();
    private volatile long version;
    private volatile long savedVersion;

    /** @param onRefreshInterval told the refresh interval of each index read */
    public NodeCatalog(CatalogFile file, BiConsumer<IndexUuid, Duration> onRefreshInterval) {
        this.file = file;
        this.onRefreshInterval = onRefreshInterval;
        file.load().getEntriesList().forEach(this::accept);
        this.savedVersion = version;
    }

    @Override
    public void read(String key, byte[] value) {
        try {
            accept(CatalogEntry.parseFrom(value));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("unreadable catalog entry " + key, e);
        }
    }

    @Override
    public void caughtUp() {
        save();
    }

    private void accept(CatalogEntry entry) {
        IndexUuid index = IndexUuid.ofBytes(entry.getIndexUuid().toByteArray());
        CatalogEntry kept = entries.merge(
                index, entry, (old, read) -> read.getCatalogVersion() >= old.getCatalogVersion() ? read : old);
        version = Math.max(version, entry.getCatalogVersion());
        if (kept == entry && !entry.getDeleted()) {
            onRefreshInterval.accept(index, interval(entry));
        }
    }

    public long version() {
        return version;
    }

    private static Duration interval(CatalogEntry entry) {
        try {
            return IndexSettingsParser.parse(entry.getSettings().toByteArray()).refreshInterval();
        } catch (ElpisException | IllegalArgumentException unreadable) {
            LOG.atWarn()
                    .setCause(unreadable)
                    .addKeyValue("index", entry.getName())
                    .log("settings not understood, refreshing as by default");
            return IndexSettings.DEFAULT.refreshInterval();
        }
    }

    /** All entries newer than a version. */
    public CatalogSnapshot newerThan(long known) {
        CatalogSnapshot.Builder snapshot = CatalogSnapshot.newBuilder().setVersion(version);
        entries.values().stream()
                .filter(entry -> entry.getCatalogVersion() > known)
                .forEach(snapshot::addEntries);
        return snapshot.build();
    }

    /** Writes the file when something has changed since the last time. */
    public synchronized void save() {
        long now = version;
        if (now == savedVersion) {
            return;
        }
        try {
            file.save(newerThan(0));
            savedVersion = now;
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("catalog not saved, trying again later");
        }
    }
}
