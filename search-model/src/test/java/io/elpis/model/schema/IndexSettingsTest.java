package io.elpis.model.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IndexSettingsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"number_of_shards\":3,\"refresh_interval\":\"5s\"}",
                "{\"index\":{\"number_of_shards\":\"3\",\"refresh_interval\":\"5000ms\"}}",
                "{\"index.number_of_shards\":3,\"index\":{\"refresh_interval\":\"5s\"}}",
            })
    void everyFormSaysTheSame(String json) {
        IndexSettings settings = parse(json);

        assertThat(settings.numberOfShards()).isEqualTo(3);
        assertThat(settings.numberOfReplicas()).isEqualTo(1);
        assertThat(settings.refreshInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.maxResultWindow()).isEqualTo(10_000);
    }

    @Test
    void analysisIsKeptAsGivenAndReadsBackEqual() {
        IndexSettings settings = parse("""
                {"refresh_interval":-1,"analysis":{"analyzer":{"title":{"type":"custom","tokenizer":"standard",
                 "filter":["lowercase","my_stop"]}},"filter":{"my_stop":{"type":"stop","stopwords":["a","b"]}}}}
                """);

        assertThat(settings.analysis().analyzers().get("title"))
                .containsEntry("filter", List.of("lowercase", "my_stop"));
        assertThat(settings.refreshInterval()).isEqualTo(IndexSettings.NO_REFRESH);
        assertThat(IndexSettingsParser.parse(IndexSettingsWriter.stored(settings)))
                .isEqualTo(settings);
        assertThat(AnalysisSettingsParser.parse(IndexSettingsWriter.analysis(settings.analysis())))
                .isEqualTo(settings.analysis());
    }

    @Test
    void whatSomebodySetIsShownBeItTheDefault() {
        IndexSettings settings = parse("""
                {"refresh_interval":"1s","max_result_window":10000,"mapping.total_fields.limit":1000}
                """);

        assertThat(new String(IndexSettingsWriter.stored(settings), UTF_8))
                .contains("\"refresh_interval\":\"1s\"")
                .contains("\"max_result_window\":\"10000\"")
                .contains("\"limit\":\"1000\"");
        assertThat(IndexSettingsParser.parse(IndexSettingsWriter.stored(settings)))
                .isEqualTo(settings);
        IndexSettings reset =
                IndexSettingsParser.update(settings, bytes("{\"refresh_interval\":null}"), new IndexName("books"));
        assertThat(new String(IndexSettingsWriter.stored(reset), UTF_8)).doesNotContain("refresh_interval");
        assertThat(new String(IndexSettingsWriter.stored(IndexSettings.DEFAULT), UTF_8))
                .doesNotContain("refresh_interval");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"number_of_sharks":3} | unknown setting [index.number_of_sharks] please check
            {"number_of_shards":0} | Failed to parse value [0] for setting [index.number_of_shards] must be >= 1
            {"number_of_replicas":"two"} | Failed to parse value [two] for setting [index.number_of_replicas]
            {"refresh_interval":"fast"} | failed to parse setting [index.refresh_interval] with value [fast]
            {"analysis":{"analysers":{"a":{"type":"x"}}}} | unknown setting [index.analysis.analysers.a.type]
            """)
    void mistakesAreNamed(String json, String reason) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOfSatisfying(
                        ElpisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ILLEGAL_ARGUMENT))
                .hasMessageContaining(reason);
    }

    @Test
    void replicasMayChangeAndShardsMayNot() {
        IndexName books = new IndexName("books");
        IndexSettings settings = parse("{\"number_of_shards\":3}");

        IndexSettings changed =
                IndexSettingsParser.update(settings, bytes("{\"index\":{\"number_of_replicas\":2}}"), books);

        assertThat(changed.numberOfReplicas()).isEqualTo(2);
        assertThat(changed.numberOfShards()).isEqualTo(3);
        assertThatThrownBy(() -> IndexSettingsParser.update(settings, bytes("{\"number_of_shards\":4}"), books))
                .hasMessage("Can't update non dynamic settings [[index.number_of_shards]] for open indices [[books]]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Books", "_books", "bo oks", "a,b", "..", "a#b", "a:b", "a/b"})
    void namesThatBreakTheRulesAreRefused(String name) {
        assertThatThrownBy(() -> new IndexName(name))
                .isInstanceOfSatisfying(
                        ElpisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_INDEX_NAME));
    }

    @Test
    void uuidReadsBackFromEveryForm() {
        IndexUuid uuid = new IndexUuid(java.util.UUID.fromString("f81d4fae-7dec-11d0-a765-00a0c91e6bf6"));

        assertThat(IndexUuid.ofHex(uuid.hex())).isEqualTo(uuid);
        assertThat(IndexUuid.ofText(uuid.text())).isEqualTo(uuid);
        assertThat(IndexUuid.ofBytes(uuid.bytes())).isEqualTo(uuid);
        assertThat(uuid.hex()).isEqualTo("f81d4fae7dec11d0a76500a0c91e6bf6");
    }

    private static IndexSettings parse(String json) {
        return IndexSettingsParser.parse(bytes(json));
    }

    private static byte[] bytes(String json) {
        return json.getBytes(UTF_8);
    }
}
