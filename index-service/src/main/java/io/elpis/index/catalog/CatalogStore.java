package io.elpis.index.catalog;

import com.google.errorprone.annotations.ThreadSafe;
import io.elpis.index.log.LogPartition;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.indices.NoSuchIndex;
import io.elpis.model.schema.IndexMetadata;
import io.elpis.model.schema.IndexName;
import io.elpis.model.schema.IndexSettings;
import io.elpis.model.schema.IndexSettingsParser;
import io.elpis.model.schema.IndexSettingsWriter;
import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.Mapping;
import io.elpis.model.schema.MappingParser;
import io.elpis.model.schema.MappingWriter;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The catalog's rows. Every change takes the lock on the catalog's version first, so changes happen one after the other
 * and what they decide on is the newest there is.
 */
@ThreadSafe
final class CatalogStore {
    static final String CHANNEL = "elpis_catalog";

    private static final String SELECT =
            "select uuid, name, deleted, catalog_version, created_at_millis, settings::text, mapping::text from index_entry";

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final int maxShards;

    CatalogStore(JdbcClient jdbc, TransactionTemplate transactions, int maxShards) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.maxShards = maxShards;
    }

    /**
     * @param index its metadata's version is not looked at
     * @return the index with the version it got
     * @throws ElpisException RESOURCE_ALREADY_EXISTS
     */
    CatalogIndex create(CatalogIndex index) {
        return change(version -> {
            live(index.name().value()).ifPresent(there -> {
                throw exists(there);
            });
            checkShards(index.logs().size());
            CatalogIndex created = index.with(index.settings(), index.mapping(), false, version);
            jdbc.sql("insert into index_entry (uuid, name, catalog_version, created_at_millis, settings, mapping)"
                            + " values (?, ?, ?, ?, ?::json, ?::json)")
                    .params(
                            created.uuid().value(),
                            created.name().value(),
                            version,
                            created.metadata().creationMillis(),
                            settingsText(created.settings()),
                            mappingText(created.mapping()))
                    .update();
            for (int shard = 0; shard < created.logs().size(); shard++) {
                LogPartition log = created.logs().get(shard);
                jdbc.sql("insert into shard_log (index_uuid, shard, topic, partition, generation)"
                                + " values (?, ?, ?, ?, ?)")
                        .params(created.uuid().value(), shard, log.topic(), log.partition(), log.generation())
                        .update();
            }
            return created;
        });
    }

    CatalogIndex updateMapping(IndexUuid uuid, UnaryOperator<Mapping> update) {
        return update(uuid, index -> {
            Mapping mapping = update.apply(index.mapping());
            return mapping.sameFields(index.mapping())
                    ? index
                    : index.with(index.settings(), mapping, false, index.version());
        });
    }

    CatalogIndex updateSettings(IndexUuid uuid, UnaryOperator<IndexSettings> update) {
        return update(uuid, index -> {
            IndexSettings settings = update.apply(index.settings());
            return settings.equals(index.settings())
                    ? index
                    : index.with(settings, index.mapping(), false, index.version());
        });
    }

    CatalogIndex delete(IndexUuid uuid) {
        return update(uuid, index -> index.with(index.settings(), Mapping.EMPTY, true, index.version()));
    }

    Optional<CatalogIndex> find(String name) {
        return guarded(() -> live(name));
    }

    /** Everything, deleted indices too. */
    List<CatalogIndex> all() {
        return guarded(() -> {
            Map<UUID, List<LogPartition>> logs = new HashMap<>();
            jdbc.sql("select index_uuid, topic, partition, generation from shard_log order by index_uuid, shard")
                    .query((row, _) -> logs.computeIfAbsent(
                                    row.getObject("index_uuid", UUID.class), _ -> new ArrayList<>())
                            .add(logPartition(row)))
                    .list();
            return jdbc.sql(SELECT + " order by catalog_version")
                    .query((row, _) -> index(row, logs.getOrDefault(row.getObject("uuid", UUID.class), List.of())))
                    .list();
        });
    }

    private CatalogIndex update(IndexUuid uuid, UnaryOperator<CatalogIndex> update) {
        return change(version -> {
            CatalogIndex before = jdbc.sql(SELECT + " where uuid = ? and not deleted")
                    .param(uuid.value())
                    .query((row, _) -> index(row, logsOf(uuid.value())))
                    .optional()
                    .orElseThrow(() -> NoSuchIndex.named(nameOf(uuid)));
            CatalogIndex after = update.apply(before);
            if (after == before) {
                return before;
            }
            CatalogIndex changed = after.with(after.settings(), after.mapping(), after.deleted(), version);
            jdbc.sql("update index_entry set deleted = ?, catalog_version = ?, settings = ?::json, mapping = ?::json"
                            + " where uuid = ?")
                    .params(
                            changed.deleted(),
                            version,
                            settingsText(changed.settings()),
                            mappingText(changed.mapping()),
                            uuid.value())
                    .update();
            return changed;
        });
    }

    /** Rows of deleted indices only; the others stay. */
    void purge(Collection<IndexUuid> gone) {
        if (gone.isEmpty()) {
            return;
        }
        List<UUID> uuids = gone.stream().map(IndexUuid::value).toList();
        guarded(() -> {
            transactions.executeWithoutResult(_ -> {
                jdbc.sql("delete from shard_log where index_uuid in"
                                + " (select uuid from index_entry where deleted and uuid in (:gone))")
                        .param("gone", uuids)
                        .update();
                jdbc.sql("delete from index_entry where deleted and uuid in (:gone)")
                        .param("gone", uuids)
                        .update();
            });
            return gone;
        });
    }

    /** Those of the indices that have a row, deleted ones too. */
    Set<IndexUuid> known(Collection<IndexUuid> indices) {
        if (indices.isEmpty()) {
            return Set.of();
        }
        List<UUID> uuids = indices.stream().map(IndexUuid::value).toList();
        return guarded(() -> jdbc.sql("select uuid from index_entry where uuid in (:uuids)")
                .param("uuids", uuids)
                .query((row, _) -> new IndexUuid(row.getObject(1, UUID.class)))
                .set());
    }

    private String nameOf(IndexUuid uuid) {
        return jdbc.sql("select name from index_entry where uuid = ?")
                .param(uuid.value())
                .query(String.class)
                .optional()
                .orElse(uuid.text());
    }

    /** Makes one change with the catalog's next version; a change that returns another version happened not to be one. */
    private CatalogIndex change(Change change) {
        return guarded(() -> transactions.execute(_ -> {
            long version = jdbc.sql("select version from catalog_version for update")
                            .query(Long.class)
                            .single()
                    + 1;
            CatalogIndex changed = change.make(version);
            if (changed.version() == version) {
                jdbc.sql("update catalog_version set version = ?")
                        .param(version)
                        .update();
                jdbc.sql("insert into catalog_outbox (catalog_version, index_uuid, entry) values (?, ?, ?)")
                        .params(
                                version,
                                changed.uuid().value(),
                                CatalogEntries.toWire(changed).toByteArray())
                        .update();
                jdbc.sql("select pg_notify(?, '')")
                        .param(CHANNEL)
                        .query((_, _) -> "")
                        .single();
            }
            return changed;
        }));
    }

    @FunctionalInterface
    private interface Change {
        CatalogIndex make(long version);
    }

    private Optional<CatalogIndex> live(String name) {
        return jdbc.sql(SELECT + " where name = ? and not deleted")
                .param(name)
                .query((row, _) -> index(row, logsOf(row.getObject("uuid", UUID.class))))
                .optional();
    }

    private void checkShards(int more) {
        long there = jdbc.sql("select count(*) from shard_log join index_entry on uuid = index_uuid where not deleted")
                .query(Long.class)
                .single();
        if (there + more > maxShards) {
            throw new ElpisException(
                    ErrorCode.ACTION_REQUEST_VALIDATION,
                    "Validation Failed: 1: this action would add [" + more + "] total shards, but this cluster"
                            + " currently has [" + there + "]/[" + maxShards + "] maximum shards open;");
        }
    }

    private List<LogPartition> logsOf(UUID index) {
        return jdbc.sql("select topic, partition, generation from shard_log where index_uuid = ? order by shard")
                .param(index)
                .query((row, _) -> logPartition(row))
                .list();
    }

    private static LogPartition logPartition(ResultSet row) throws SQLException {
        return new LogPartition(row.getString("topic"), row.getInt("partition"), row.getLong("generation"));
    }

    private static CatalogIndex index(ResultSet row, List<LogPartition> logs) throws SQLException {
        IndexMetadata metadata = new IndexMetadata(
                new IndexName(row.getString("name")),
                new IndexUuid(row.getObject("uuid", UUID.class)),
                row.getLong("created_at_millis"),
                IndexSettingsParser.parse(row.getString("settings").getBytes(StandardCharsets.UTF_8)),
                MappingParser.readStored(row.getString("mapping").getBytes(StandardCharsets.UTF_8)),
                row.getLong("catalog_version"));
        return new CatalogIndex(metadata, logs, row.getBoolean("deleted"));
    }

    private static String settingsText(IndexSettings settings) {
        return new String(IndexSettingsWriter.stored(settings), StandardCharsets.UTF_8);
    }

    private static String mappingText(Mapping mapping) {
        return new String(MappingWriter.stored(mapping), StandardCharsets.UTF_8);
    }

    static ElpisException exists(CatalogIndex there) {
        return new ElpisException(
                ErrorCode.RESOURCE_ALREADY_EXISTS,
                "index [" + there.name() + "/" + there.uuid() + "] already exists",
                Map.of("index", there.name().value(), "index_uuid", there.uuid().text()));
    }

    /** A database that does not answer is nobody's mistake, and nothing was changed as far as the caller can know. */
    private static <T> T guarded(Supplier<T> work) {
        try {
            return work.get();
        } catch (DataAccessException | TransactionException e) {
            throw new ElpisException(
                    ErrorCode.SERVICE_UNAVAILABLE, "the catalog's database does not answer", Map.of(), e);
        }
    }
}
