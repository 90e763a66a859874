package io.elpis.index.catalog;

import io.elpis.index.log.IndexLogs;
import io.elpis.index.log.MappingAnnouncer;
import io.elpis.model.schema.IndexUuid;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A catalog on the tests' database whose indices get no topics. */
public final class TestCatalogs {
    private TestCatalogs() {}

    public static Catalog catalog(MappingAnnouncer mappings) {
        return catalog(mappings, () -> {});
    }

    /** @param onCreate called for each index whose topic would be made */
    public static Catalog catalog(MappingAnnouncer mappings, Runnable onCreate) {
        return new Catalog(
                CatalogDatabase.store(100),
                new CatalogView(),
                new NoTopics(onCreate),
                mappings,
                UUID::randomUUID,
                InstantSource.system());
    }

    /** The database of these catalogs. */
    public static JdbcClient jdbc() {
        return CatalogDatabase.jdbc();
    }

    public static void empty() {
        CatalogDatabase.empty();
    }

    private record NoTopics(Runnable onCreate) implements IndexLogs {
        @Override
        public void create(IndexUuid index, int shards) {
            onCreate.run();
        }

        @Override
        public void discard(IndexUuid index) {}
    }
}
