package io.elpis.index.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.index.log.LogPartition;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.IndexDefinition;
import io.elpis.model.schema.IndexMetadata;
import io.elpis.model.schema.IndexName;
import io.elpis.model.schema.IndexSettings;
import io.elpis.model.schema.IndexSettingsParser;
import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.MappingParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CatalogStoreTest {
    private final CatalogStore store = CatalogDatabase.store(20);

    @BeforeEach
    void empty() {
        CatalogDatabase.empty();
    }

    @Test
    void whatWasStoredIsReadBackEqual() {
        CatalogIndex created = store.create(index("books", """
                {"settings":{"number_of_shards":3,"number_of_replicas":2,"refresh_interval":"5s",
                 "analysis":{"analyzer":{"mine":{"type":"english"}}}},
                 "mappings":{"properties":{"title":{"type":"text","analyzer":"mine"},
                  "author":{"properties":{"name":{"type":"keyword"}}}}}}"""));

        assertThat(store.find("books")).contains(created);
        assertThat(store.all()).containsExactly(created);
        assertThat(CatalogEntries.fromWire(CatalogEntries.toWire(created))).isEqualTo(created);
    }

    @Test
    void aNameIsGivenOnce() {
        CatalogIndex there = store.create(index("books", "{}"));

        assertThatThrownBy(() -> store.create(index("books", "{}")))
                .isInstanceOfSatisfying(ElpisException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.RESOURCE_ALREADY_EXISTS);
                    assertThat(failure.reason())
                            .isEqualTo("index [books/" + there.uuid().text() + "] already exists");
                });
    }

    @Test
    void aDeletedNameIsFreeAndItsTombstoneStays() {
        CatalogIndex first = store.create(index("books", "{}"));
        CatalogIndex deleted = store.delete(first.uuid());

        assertThat(deleted.deleted()).isTrue();
        assertThat(store.find("books")).isEmpty();
        CatalogIndex second = store.create(index("books", "{}"));
        assertThat(store.all()).containsExactly(deleted, second);
        assertThatThrownBy(() -> store.delete(first.uuid())).isInstanceOf(ElpisException.class);
    }

    @Test
    void everyChangeGetsTheNextVersionAndGoesToTheOutboxWhole() {
        CatalogIndex created = store.create(index("books", "{}"));
        CatalogIndex mapped = store.updateMapping(
                created.uuid(),
                mapping -> MappingParser.merge(mapping, json("{\"properties\":{\"a\":{\"type\":\"long\"}}}")));
        CatalogIndex set = store.updateSettings(
                created.uuid(),
                settings -> IndexSettingsParser.update(settings, json("{\"number_of_replicas\":0}"), created.name()));

        assertThat(mapped.version()).isEqualTo(created.version() + 1);
        assertThat(set.version()).isEqualTo(created.version() + 2);
        assertThat(set.mapping()).isEqualTo(mapped.mapping());
        assertThat(CatalogDatabase.jdbc()
                        .sql("select catalog_version from catalog_outbox order by catalog_version")
                        .query(Long.class)
                        .list())
                .containsExactly(created.version(), mapped.version(), set.version());
    }

    @Test
    void aChangeThatChangesNothingIsNone() {
        CatalogIndex created = store.create(index("books", "{}"));

        assertThat(store.updateMapping(created.uuid(), mapping -> mapping)).isEqualTo(created);
        assertThat(store.updateSettings(created.uuid(), settings -> settings)).isEqualTo(created);
    }

    @Test
    void aChangeThatFailsLeavesNothingBehind() {
        CatalogIndex created = store.create(index("books", "{}"));

        assertThatThrownBy(() -> store.updateMapping(created.uuid(), _ -> {
                    throw new ElpisException(ErrorCode.ILLEGAL_ARGUMENT, "no");
                }))
                .hasMessage("no");
        assertThat(store.all()).containsExactly(created);
    }

    @Test
    void mappingsExtendedAtTheSameTimeLoseNoField() throws Exception {
        CatalogIndex created = store.create(index("books", "{}"));
        List<Future<CatalogIndex>> writers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int writer = 0; writer < 8; writer++) {
                byte[] field = json("{\"properties\":{\"f" + writer + "\":{\"type\":\"keyword\"}}}");
                writers.add(threads.submit(
                        () -> store.updateMapping(created.uuid(), mapping -> MappingParser.merge(mapping, field))));
            }
            for (Future<CatalogIndex> writer : writers) {
                writer.get();
            }
        }
        CatalogIndex merged = store.find("books").orElseThrow();
        assertThat(merged.mapping().fields()).hasSize(8);
        assertThat(merged.mapping().version()).isEqualTo(created.mapping().version() + 8);
    }

    @Test
    void theNumberOfShardsIsBounded() {
        store.create(index("many", "{\"settings\":{\"number_of_shards\":19}}"));

        assertThatThrownBy(() -> store.create(index("more", "{\"settings\":{\"number_of_shards\":2}}")))
                .hasMessageContaining("would add [2] total shards, but this cluster currently has [19]/[20]");
        store.create(index("last", "{}"));
    }

    static CatalogIndex index(String name, String definition) {
        IndexUuid uuid = new IndexUuid(UUID.randomUUID());
        IndexDefinition parsed = IndexDefinition.parse(json(definition));
        IndexSettings settings = parsed.settings();
        return new CatalogIndex(
                new IndexMetadata(new IndexName(name), uuid, 1_000, settings, parsed.mapping(), 0),
                IntStream.range(0, settings.numberOfShards())
                        .mapToObj(shard -> new LogPartition("elpis.index." + uuid.hex(), shard, 1))
                        .toList(),
                false);
    }

    static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
