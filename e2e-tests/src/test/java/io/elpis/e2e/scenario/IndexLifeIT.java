package io.elpis.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.e2e.platform.Answer;
import io.elpis.e2e.platform.Platform;
import io.elpis.e2e.platform.Rest;
import io.elpis.e2e.platform.SharedPlatform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The life of an index, as a reader may follow it: created, filled, searched, changed, deleted. */
@ExtendWith(SharedPlatform.class)
final class IndexLifeIT {
    private final Rest rest;

    IndexLifeIT(Platform platform) {
        this.rest = platform.rest();
    }

    @AfterEach
    void removeIndex() {
        rest.delete("/books");
    }

    @Test
    void livesFromCreationToDeletion() {
        Answer created = rest.put("/books?wait_for_active_shards=all", """
                {"settings": {"number_of_shards": 3, "number_of_replicas": 1},
                 "mappings": {"properties": {
                   "title": {"type": "text", "analyzer": "english", "fields": {"raw": {"type": "keyword"}}},
                   "year": {"type": "long"},
                   "price": {"type": "double"},
                   "printed": {"type": "date"},
                   "in_stock": {"type": "boolean"},
                   "tag": {"type": "keyword"}}}}""");
        assertThat(created.status()).as(created.body()).isEqualTo(200);
        assertThat(created.at("/acknowledged").asBoolean()).isTrue();
        assertThat(created.at("/index").asString()).isEqualTo("books");
        assertThat(created.at("/shards_acknowledged").asBoolean()).isTrue();
        Answer health = rest.get("/_cluster/health/books?level=shards&wait_for_status=green");
        assertThat(health.at("/indices/books/status").asString()).isEqualTo("green");
        assertThat(health.at("/indices/books/shards/2/active_shards").asInt()).isEqualTo(2);

        Answer first = rest.put("/books/_doc/1", """
                {"title": "Searching engines", "year": 1999, "price": 12.5, "printed": "1999-05-01",
                 "in_stock": true, "tag": ["search", "old"]}""");
        assertThat(first.status()).as(first.body()).isEqualTo(201);
        assertThat(first.at("/result").asString()).isEqualTo("created");
        assertThat(first.at("/_version").asLong()).isEqualTo(1);

        Answer again = rest.put("/books/_doc/1", """
                {"title": "Searching engines", "year": 2001, "price": 10, "printed": "2001-05-01",
                 "in_stock": false, "tag": "search"}""");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.at("/result").asString()).isEqualTo("updated");
        assertThat(again.at("/_version").asLong()).isEqualTo(2);
        assertThat(again.at("/_seq_no").asLong())
                .isGreaterThan(first.at("/_seq_no").asLong());

        assertThat(rest.put("/books/_create/1", "{\"title\":\"taken\"}").status())
                .isEqualTo(409);
        assertThat(rest.put("/books/_create/2", "{\"title\":\"The search for clocks\",\"year\":2010}")
                        .status())
                .isEqualTo(201);

        Answer read = rest.get("/books/_doc/1");
        assertThat(read.at("/found").asBoolean()).isTrue();
        assertThat(read.at("/_source/year").asLong()).isEqualTo(2001);
        assertThat(rest.send("HEAD", "/books/_doc/1", "").status()).isEqualTo(200);
        assertThat(rest.send("HEAD", "/books/_doc/none", "").status()).isEqualTo(404);

        assertThat(rest.post("/books/_refresh", "").at("/_shards/failed").asInt())
                .isZero();
        assertThat(rest.get("/books/_count").at("/count").asLong()).isEqualTo(2);

        Answer hits = rest.search("books", """
                {"query": {"bool": {"must": [{"match": {"title": "search"}}],
                                    "filter": [{"range": {"year": {"gte": 2000}}}]}},
                 "highlight": {"fields": {"title": {}}}}""");
        assertThat(hits.at("/hits/total/value").asLong()).as(hits.body()).isEqualTo(2);
        assertThat(hits.at("/_shards/successful").asInt()).isEqualTo(3);
        assertThat(hits.at("/hits/hits/0/highlight/title/0").asString()).contains("<em>");

        Answer sorted = rest.search("books", """
                {"query": {"match_all": {}}, "sort": [{"year": "desc"}], "_source": ["year"]}""");
        assertThat(sorted.at("/hits/hits/0/_id").asString()).isEqualTo("2");
        assertThat(sorted.at("/hits/hits/0/_source").has("title")).isFalse();
        assertThat(sorted.at("/hits/hits/1/sort/0").asLong()).isEqualTo(2001);

        Answer deleted = rest.delete("/books/_doc/1");
        assertThat(deleted.at("/result").asString()).isEqualTo("deleted");
        assertThat(rest.get("/books/_doc/1").status()).isEqualTo(404);
        assertThat(rest.delete("/books/_doc/1").status()).isEqualTo(404);

        assertThat(rest.put("/books", "{}").at("/error/type").asString())
                .isEqualTo("resource_already_exists_exception");
        assertThat(rest.get("/books")
                        .at("/books/settings/index/number_of_shards")
                        .asString())
                .isEqualTo("3");
        assertThat(rest.delete("/books").at("/acknowledged").asBoolean()).isTrue();
        assertThat(rest.get("/books").status()).isEqualTo(404);
        assertThat(rest.search("books", "{}").status()).isEqualTo(404);
    }

    @Test
    void deletedNameCanBeUsedAgainAndStartsEmpty() {
        rest.put("/books", "{\"settings\":{\"number_of_shards\":1}}");
        rest.put("/books/_doc/1?refresh=true", "{\"title\":\"old\"}");
        assertThat(rest.delete("/books").status()).isEqualTo(200);

        assertThat(rest.put("/books", "{\"settings\":{\"number_of_shards\":2}}").status())
                .isEqualTo(200);
        assertThat(rest.get("/books/_doc/1").status()).isEqualTo(404);
        assertThat(rest.put("/books/_doc/1?refresh=true", "{\"title\":\"new\"}")
                        .at("/_version")
                        .asLong())
                .isEqualTo(1);
        assertThat(rest.get("/books/_count").at("/count").asLong()).isEqualTo(1);
    }

    @Test
    void refreshTrueMakesAWriteVisibleAtOnce() {
        Answer written = rest.put("/books/_doc/7?refresh=true", "{\"title\":\"seen at once\"}");
        assertThat(written.status()).as(written.body()).isEqualTo(201);
        assertThat(rest.search("books", "{\"query\":{\"match\":{\"title\":\"once\"}}}")
                        .at("/hits/total/value")
                        .asLong())
                .isEqualTo(1);
    }
}
