package io.elpis.index.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.index.log.IndexLogs;
import io.elpis.index.log.LogPartition;
import io.elpis.index.log.MappingAnnouncer;
import io.elpis.index.log.RecordLog;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.indices.IndicesOptions;
import io.elpis.model.schema.IndexDefinition;
import io.elpis.model.schema.IndexName;
import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.MappingParser;
import io.elpis.protocol.record.LogRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

final class CatalogTest {
    private final Logs logs = new Logs();
    private final List<LogRecord> records = new ArrayList<>();
    private final MappingAnnouncer announcer = new MappingAnnouncer(new Log(), Duration.ofSeconds(1));
    private final CatalogView view = new CatalogView();
    private final Catalog catalog = catalog(CatalogDatabase.store(3));

    private Catalog catalog(CatalogStore store) {
        return new Catalog(store, view, logs, announcer, UUID::randomUUID, InstantSource.system());
    }

    @BeforeEach
    void empty() {
        CatalogDatabase.empty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            MAPPER_PARSING   | {"mappings":{"properties":{"x":{"type":"text","analyzer":"typo"}}}}
            MAPPER_PARSING   | {"mappings":{"properties":{"x":{"type":"text","search_analyzer":"typo"}}}}
            ILLEGAL_ARGUMENT | {"settings":{"analysis":{"analyzer":{"a":{"tokenizer":"typo"}}}}}
            ILLEGAL_ARGUMENT | {"settings":{"analysis":{"analyzer":{"a":{"tokenizer":"standard","filter":["typo"]}}}}}
            ILLEGAL_ARGUMENT | {"settings":{"analysis":{"analyzer":{"a":{"tokenizer":"standard","filter":["s"]}},"filter":{"s":{"type":"synonym"}}}}}
            ILLEGAL_ARGUMENT | {"settings":{"analysis":{"analyzer":{"a":{"type":"standard","max_token_length":0}}}}}
            """)
    void analyzersThatNoCopyCouldBuildAreRefusedBeforeAnythingIsMade(ErrorCode code, String definition) {
        assertRefused(() -> catalog.create(new IndexName("books"), definition(definition)), code);
        assertThat(logs.made).isEmpty();
        assertThat(catalog.find("books")).isEmpty();
    }

    @Test
    void aMappingThatNamesAnUnknownAnalyzerIsRefusedAndTheOldOneStays() {
        CatalogIndex books = catalog.create(new IndexName("books"), definition("""
                {"settings":{"analysis":{"analyzer":{"mine":{"type":"english"}}}}}"""));

        assertRefused(() -> map(books, "typo"), ErrorCode.MAPPER_PARSING);
        assertThat(catalog.get("books")).isEqualTo(books);
        assertThat(map(books, "mine").mapping().field("x")).isNotNull();
    }

    @Test
    void aMappingThatIsTooLargeIsRefusedAndTheOldOneStays() {
        CatalogIndex books = catalog.create(new IndexName("books"), definition("{}"));
        byte[] large =
                "{\"_meta\":{\"m\":\"%s\"}}".formatted("x".repeat(4 << 20)).getBytes(StandardCharsets.UTF_8);

        assertRefused(
                () -> catalog.checkUpdate(books, mapping -> MappingParser.merge(mapping, large)),
                ErrorCode.ILLEGAL_ARGUMENT);
        assertRefused(
                () -> catalog.updateMapping(books, mapping -> MappingParser.merge(mapping, large)),
                ErrorCode.ILLEGAL_ARGUMENT);
        assertRefused(
                () -> catalog.extendMapping(books, mapping -> MappingParser.merge(mapping, large)),
                ErrorCode.ILLEGAL_ARGUMENT);
        assertThat(catalog.get("books")).isEqualTo(books);
        assertThat(CatalogDatabase.store(3).all()).containsExactly(books);
    }

    private CatalogIndex map(CatalogIndex index, String analyzer) {
        byte[] body = ("{\"properties\":{\"x\":{\"type\":\"text\",\"analyzer\":\"" + analyzer + "\"}}}")
                .getBytes(StandardCharsets.UTF_8);
        return catalog.updateMapping(index, mapping -> MappingParser.merge(mapping, body));
    }

    @Test
    void theTopicOfAnIndexThatWasRefusedGoesAtOnce() {
        assertRefused(
                () -> catalog.create(new IndexName("books"), definition("{\"settings\":{\"number_of_shards\":9}}")),
                ErrorCode.ACTION_REQUEST_VALIDATION);
        assertThat(logs.discarded).isEqualTo(logs.made).hasSize(1);
    }

    /** The row is there, and everybody will see it: without its topic its writes would be lost. */
    @Test
    void theTopicStaysWhenNobodyKnowsWhetherTheRowIsThere() {
        Catalog doubtful = catalog(
                new CatalogStore(CatalogDatabase.jdbc(), new TransactionTemplate(new CommitsWithoutSayingSo()), 3));

        assertRefused(() -> doubtful.create(new IndexName("books"), definition("{}")), ErrorCode.SERVICE_UNAVAILABLE);
        assertThat(logs.discarded).isEmpty();
        assertThat(catalog.get("books").uuid()).isEqualTo(logs.made.getFirst());
    }

    @Test
    void onlyWhatNeitherTheTopicNorTheDatabaseKnowsIsUnheardOf() {
        CatalogIndex viewed = catalog.create(new IndexName("viewed"), definition("{}"));
        CatalogIndex stored = CatalogDatabase.store(3).create(CatalogStoreTest.index("stored", "{}"));
        IndexUuid orphan = new IndexUuid(new UUID(4, 4));

        assertThat(catalog.unheardOf(Set.of(viewed.uuid(), stored.uuid(), orphan)))
                .containsExactly(orphan);
    }

    @Test
    void namesAreResolvedFromMemoryAloneWhereNobodyMayWait() {
        CatalogIndex stored = CatalogDatabase.store(3).create(CatalogStoreTest.index("stored", "{}"));

        assertThat(IndexExpressions.resolve(view, "stored,other")).isEmpty();
        assertThat(IndexExpressions.resolve(catalog, "stored", IndicesOptions.DEFAULT))
                .containsExactly(stored);
        assertThat(IndexExpressions.resolve(view, "stored,other"))
                .as("whoever asked the database told the memory")
                .containsExactly(stored);
    }

    @Test
    void aPurgeLeavesNothingOfDeletedIndicesAndTheOthersAlone() {
        CatalogIndex gone = catalog.create(new IndexName("gone"), definition("{}"));
        CatalogIndex stays = catalog.create(new IndexName("stays"), definition("{}"));
        catalog.delete(gone);

        catalog.purge(Set.of(gone.uuid(), stays.uuid()));
        assertThat(view.known()).containsExactly(stays);
        assertThat(CatalogDatabase.store(3).all()).containsExactly(stays);
    }

    @Test
    void anIndexDeletedElsewhereIsForgottenByTheAnnouncer() {
        CatalogIndex books = catalog.create(new IndexName("books"), definition("{}"));
        assertThat(announcer.partitions()).isEqualTo(1);
        view.apply(CatalogDatabase.store(3).delete(books.uuid()));
        assertThat(announcer.partitions()).isZero();
    }

    @Test
    void changingADeletedIndexNamesItAsTheCallerDid() {
        CatalogIndex books = catalog.create(new IndexName("books"), definition("{}"));
        catalog.delete(books);

        assertThatThrownBy(() -> catalog.updateSettings(books, settings -> settings))
                .hasMessage("no such index [books]");
    }

    private static void assertRefused(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ElpisException.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }

    private static IndexDefinition definition(String json) {
        return IndexDefinition.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    private static final class Logs implements IndexLogs {
        final List<IndexUuid> made = new ArrayList<>();
        final List<IndexUuid> discarded = new ArrayList<>();

        @Override
        public void create(IndexUuid index, int shards) {
            made.add(index);
        }

        @Override
        public void discard(IndexUuid index) {
            discarded.add(index);
        }
    }

    private final class Log implements RecordLog {
        @Override
        public void append(LogPartition to, byte[] key, LogRecord record, Confirmation confirmed) {
            records.add(record);
            confirmed.stored(records.size());
        }

        @Override
        public void checkAvailable() {}
    }

    /** As when the connection breaks between the commit and its confirmation. */
    private static final class CommitsWithoutSayingSo extends JdbcTransactionManager {
        private static final long serialVersionUID = 1L;

        CommitsWithoutSayingSo() {
            super(CatalogDatabase.dataSource());
        }

        @Override
        protected void doCommit(DefaultTransactionStatus status) {
            super.doCommit(status);
            throw new TransactionSystemException("the connection broke");
        }
    }
}
