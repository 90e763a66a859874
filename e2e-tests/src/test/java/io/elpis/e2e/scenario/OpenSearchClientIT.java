package io.elpis.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.e2e.platform.Platform;
import io.elpis.e2e.platform.SharedPlatform;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.opensearch.client.json.jackson.JacksonJsonpMapper;
import org.opensearch.client.opensearch.OpenSearchClient;
import org.opensearch.client.opensearch._types.FieldValue;
import org.opensearch.client.opensearch._types.OpenSearchException;
import org.opensearch.client.opensearch._types.Refresh;
import org.opensearch.client.opensearch._types.Result;
import org.opensearch.client.opensearch._types.SortOrder;
import org.opensearch.client.opensearch.core.BulkRequest;
import org.opensearch.client.opensearch.core.BulkResponse;
import org.opensearch.client.opensearch.core.SearchResponse;
import org.opensearch.client.opensearch.core.search.Hit;
import org.opensearch.client.transport.OpenSearchTransport;
import org.opensearch.client.transport.httpclient5.ApacheHttpClient5TransportBuilder;

/** OpenSearch's own Java client, which reads every answer into its strict types, finds nothing amiss. */
@ExtendWith(SharedPlatform.class)
final class OpenSearchClientIT {
    private static final String INDEX = "films";

    private final OpenSearchTransport transport;
    private final OpenSearchClient client;

    OpenSearchClientIT(Platform platform) {
        URI gateway = platform.uri();
        transport = ApacheHttpClient5TransportBuilder.builder(
                        new HttpHost("http", gateway.getHost(), gateway.getPort()))
                .setDefaultHeaders(new Header[] {new BasicHeader("Authorization", "Bearer " + platform.token())})
                .setMapper(new JacksonJsonpMapper())
                .build();
        client = new OpenSearchClient(transport);
    }

    @BeforeEach
    void createIndex() throws IOException {
        assertThat(client.indices()
                        .create(index -> index.index(INDEX)
                                .settings(settings -> settings.numberOfShards(2).numberOfReplicas(1))
                                .mappings(mappings -> mappings.properties("title", field -> field.text(text -> text))
                                        .properties("year", field -> field.long_(number -> number))
                                        .properties("genre", field -> field.keyword(keyword -> keyword))))
                        .acknowledged())
                .isTrue();
    }

    @AfterEach
    void removeIndex() throws IOException {
        client.indices().delete(index -> index.index(INDEX).ignoreUnavailable(true));
        transport.close();
    }

    @Test
    void writesAndSearches() throws IOException {
        assertThat(client.info().version().number()).isNotEmpty();
        BulkResponse bulk = client.bulk(new BulkRequest.Builder()
                .index(INDEX)
                .refresh(Refresh.True)
                .operations(operation -> operation.index(one -> one.id("1").document(film("The clock", 1999, "drama"))))
                .operations(
                        operation -> operation.index(one -> one.id("2").document(film("Clock of fog", 2005, "noir"))))
                .operations(operation -> operation.create(one -> one.id("1").document(film("Taken", 2008, "noir"))))
                .build());
        assertThat(bulk.errors()).isTrue();
        assertThat(bulk.items()).extracting(item -> item.status()).containsExactly(201, 201, 409);

        SearchResponse<Map<String, Object>> found = search();
        assertThat(found.shards().failures())
                .extracting(failure -> failure.reason().reason())
                .isEmpty();
        assertThat(Objects.requireNonNull(found.hits().total()).value()).isEqualTo(2);
        assertThat(found.hits().hits()).extracting(Hit::id).containsExactly("2", "1");
        assertThat(found.hits().hits().getFirst().source()).containsEntry("genre", "noir");
        assertThat(found.hits().hits().getFirst().highlight().get("title"))
                .first()
                .asString()
                .contains("<em>Clock</em>");

        assertThat(client.count(count -> count.index(INDEX)
                                .query(query ->
                                        query.term(term -> term.field("genre").value(FieldValue.of("noir")))))
                        .count())
                .isEqualTo(1);
        Map<String, Object> change = Map.of("genre", "drama");
        assertThat(client.update(one -> one.index(INDEX).id("2").doc(change), Map.class)
                        .result())
                .isEqualTo(Result.Updated);
        assertThat(client.update(one -> one.index(INDEX).id("2").doc(change), Map.class)
                        .result())
                .isEqualTo(Result.NoOp);
        assertThat(client.exists(one -> one.index(INDEX).id("2")).value()).isTrue();
        assertThat(client.delete(one -> one.index(INDEX).id("2")).result()).isEqualTo(Result.Deleted);
        assertThat(client.get(one -> one.index(INDEX).id("2"), Map.class).found())
                .isFalse();
    }

    @Test
    void readsDefinitions() throws IOException {
        assertThat(client.indices().exists(index -> index.index(INDEX)).value()).isTrue();
        var mapping = client.indices().getMapping(index -> index.index(INDEX)).result();
        assertThat(Objects.requireNonNull(mapping.get(INDEX)).mappings().properties())
                .containsOnlyKeys("title", "year", "genre");
        assertThat(client.cluster()
                        .health(health -> health.index(List.of(INDEX)))
                        .activeShards())
                .isPositive();
    }

    @Test
    void mistakesComeAsItsException() {
        assertThatThrownBy(() -> client.search(search -> search.index("nowhere"), Map.class))
                .isInstanceOfSatisfying(OpenSearchException.class, e -> {
                    assertThat(e.status()).isEqualTo(404);
                    assertThat(e.error().type()).isEqualTo("index_not_found_exception");
                });
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private SearchResponse<Map<String, Object>> search() throws IOException {
        return (SearchResponse) client.search(
                search -> search.index(INDEX)
                        .query(query ->
                                query.match(match -> match.field("title").query(FieldValue.of("clock"))))
                        .sort(sort -> sort.field(field -> field.field("year").order(SortOrder.Desc)))
                        .highlight(highlight -> highlight.fields("title", field -> field)),
                Map.class);
    }

    private static Map<String, Object> film(String title, int year, String genre) {
        return Map.of("title", title, "year", year, "genre", genre);
    }
}
