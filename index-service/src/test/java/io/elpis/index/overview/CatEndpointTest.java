package io.elpis.index.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.index.catalog.Catalog;
import io.elpis.index.catalog.TestCatalogs;
import io.elpis.index.log.LogPartition;
import io.elpis.index.log.MappingAnnouncer;
import io.elpis.index.log.RecordLog;
import io.elpis.model.schema.IndexDefinition;
import io.elpis.model.schema.IndexName;
import io.elpis.protocol.record.LogRecord;
import io.elpis.support.topology.ShardMap;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class CatEndpointTest {
    private final Catalog catalog =
            TestCatalogs.catalog(new MappingAnnouncer(new AgreeableLog(), Duration.ofSeconds(1)));
    private final MockMvc http = MockMvcBuilders.standaloneSetup(new CatEndpoint(
                    catalog,
                    () -> ShardMap.EMPTY,
                    new Platform("elpis", "uuid", "index-1", "unknown", "unknown"),
                    InstantSource.system()))
            .build();

    @BeforeEach
    void empty() {
        TestCatalogs.empty();
    }

    @Test
    void deletedDocumentsAreNotCounted() throws Exception {
        catalog.create(new IndexName("books"), IndexDefinition.parse("{}".getBytes(StandardCharsets.UTF_8)));

        JsonNode row = JsonMapper.shared()
                .readTree(get("/_cat/indices/books?format=json"))
                .get(0);
        assertThat(row.at("/docs.count").asString()).isEqualTo("0");
        assertThat(row.at("/docs.deleted").isNull()).isTrue();
    }

    private String get(String path) throws Exception {
        return http.perform(MockMvcRequestBuilders.get(path))
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    private static final class AgreeableLog implements RecordLog {
        @Override
        public void append(LogPartition to, byte[] key, LogRecord record, Confirmation confirmed) {
            confirmed.stored(0);
        }

        @Override
        public void checkAvailable() {}
    }
}
