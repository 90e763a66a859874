package io.elpis.index.catalog;

import io.elpis.model.schema.IndexUuid;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The changes that wait in the database for the topic, oldest first.
 *
 * <p>A change that is too large for the topic is passed over with an alarm, since it would keep all later ones waiting
 * for ever. Limits on mappings and settings keep changes far below that; what they cannot know is a broker that takes
 * less, and rows from before there were limits. An entry tells all of an index at once and the highest version of each
 * index counts, so followers need none but the last: they keep the index as it was, or do not see it where its creation
 * was passed over, until its next change that fits. The database has the change all the same, so instances of this
 * service know it as soon as they start. Where the deletion of an index is passed over, nodes keep the entry of an index
 * whose log and copies go by the placement.
 */
final class CatalogOutbox {
    private static final Logger log = LoggerFactory.getLogger(CatalogOutbox.class);
    private static final int BATCH = 200;
    /** With one change more at most, which may be larger by itself. */
    private static final int BATCH_BYTES = 4 << 20;

    /** The sizes are read without the entries. */
    private static final String NEXT = """
            select catalog_version, index_uuid, entry from (
                select *, sum(octet_length(entry)) over (order by catalog_version) - octet_length(entry) as ahead
                from (select * from catalog_outbox order by catalog_version limit ?) as oldest) as counted
            where ahead < ? order by catalog_version""";

    /** An index's entry for the topic. */
    record Change(long version, IndexUuid index, byte[] entry) {}

    @FunctionalInterface
    interface Topic {
        /** All of them or, where it throws, none. */
        void publish(List<Change> changes);
    }

    private final Connection database;

    /** @param database in auto-commit mode; of one thread alone */
    CatalogOutbox(Connection database) {
        this.database = database;
    }

    /** @return whether there was anything to publish */
    boolean publish(Topic topic) throws SQLException {
        List<Change> changes = next();
        if (changes.isEmpty()) {
            return false;
        }
        try {
            topic.publish(changes);
            clear(changes.getLast().version);
        } catch (RuntimeException e) {
            if (!isTooLarge(e)) {
                throw e;
            }
            publishOneByOne(changes, topic);
        }
        return true;
    }

    private void publishOneByOne(List<Change> changes, Topic topic) throws SQLException {
        for (Change change : changes) {
            try {
                topic.publish(List.of(change));
            } catch (RuntimeException e) {
                if (!isTooLarge(e)) {
                    throw e;
                }
                log.atError()
                        .addKeyValue("alarm", "catalog_change_passed_over")
                        .addKeyValue("uuid", change.index)
                        .addKeyValue("version", change.version)
                        .addKeyValue("bytes", change.entry.length)
                        .addKeyValue("reason", e.toString())
                        .log("catalog change is too large for the topic and was passed over");
            }
            clear(change.version);
        }
    }

    private static boolean isTooLarge(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RecordTooLargeException) {
                return true;
            }
        }
        return false;
    }

    private List<Change> next() throws SQLException {
        try (PreparedStatement select = database.prepareStatement(NEXT)) {
            select.setInt(1, BATCH);
            select.setInt(2, BATCH_BYTES);
            List<Change> changes = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    changes.add(new Change(
                            rows.getLong(1), new IndexUuid(rows.getObject(2, UUID.class)), rows.getBytes(3)));
                }
            }
            return changes;
        }
    }

    /** Forgets changes up to this version. */
    void clear(long upTo) throws SQLException {
        try (PreparedStatement delete =
                database.prepareStatement("delete from catalog_outbox where catalog_version <= ?")) {
            delete.setLong(1, upTo);
            delete.executeUpdate();
        }
    }
}
