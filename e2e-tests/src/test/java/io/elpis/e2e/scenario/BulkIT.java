package io.elpis.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.e2e.platform.Answer;
import io.elpis.e2e.platform.Platform;
import io.elpis.e2e.platform.Rest;
import io.elpis.e2e.platform.SharedPlatform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A bulk request of good and bad items: the bad ones fail alone, in their place. */
@ExtendWith(SharedPlatform.class)
final class BulkIT {
    private final Rest rest;

    BulkIT(Platform platform) {
        this.rest = platform.rest();
    }

    @AfterEach
    void removeIndex() {
        rest.delete("/mixed");
    }

    @Test
    void badItemsFailInTheirPlaceAndTheOthersGoThrough() {
        rest.put("/mixed", """
                {"settings": {"number_of_shards": 2},
                 "mappings": {"properties": {"n": {"type": "long"}, "text": {"type": "text"}}}}""");

        Answer answer = rest.post("/_bulk?refresh=true", """
                {"index": {"_index": "mixed", "_id": "1"}}
                {"n": 1, "text": "good"}
                {"index": {"_index": "mixed", "_id": "2"}}
                {"n": "not a number"}
                {"create": {"_index": "mixed", "_id": "1"}}
                {"n": 3}
                {"index": {"_index": "mixed", "_id": "4"}}
                {"n": 4, "text": "broken
                {"delete": {"_index": "mixed", "_id": "missing"}}
                {"index": {"_index": "mixed", "_id": "5"}}
                {"n": 5, "text": "good too"}
                {"delete": {"_index": "mixed", "_id": "5"}}
                {"index": {"_index": "mixed"}}
                {"n": 6}
                {"index": {"_index": "mixed", "_id": "7"}} rubbish
                {"n": 7}
                """);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.at("/errors").asBoolean()).isTrue();
        assertThat(answer.at("/items").size()).isEqualTo(9);
        assertThat(answer.at("/items/0/index/status").asInt()).isEqualTo(201);
        assertThat(answer.at("/items/1/index/status").asInt()).isEqualTo(400);
        assertThat(answer.at("/items/1/index/error/type").asString()).isEqualTo("mapper_parsing_exception");
        assertThat(answer.at("/items/2/create/status").asInt()).isEqualTo(409);
        assertThat(answer.at("/items/3/index/status").asInt()).isEqualTo(400);
        assertThat(answer.at("/items/4/delete/status").asInt()).isEqualTo(404);
        assertThat(answer.at("/items/5/index/result").asString()).isEqualTo("created");
        assertThat(answer.at("/items/6/delete/result").asString()).isEqualTo("deleted");
        assertThat(answer.at("/items/7/index/_id").asString()).isNotEmpty();
        assertThat(answer.at("/items/8/index/status").asInt()).isEqualTo(400);

        assertThat(rest.get("/mixed/_count").at("/count").asLong()).isEqualTo(2);
    }
}
