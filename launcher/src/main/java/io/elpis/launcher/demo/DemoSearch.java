package io.elpis.launcher.demo;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A search that the demo shows. */
record DemoSearch(String words, String query) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static final List<DemoSearch> ALL = List.of(
            new DemoSearch("connection pool timeout", """
                    {"multi_match": {"query": "connection pool timeout", "fields": ["title", "body"]}}"""),
            new DemoSearch("\"application context\" as a phrase", """
                    {"match_phrase": {"body": "application context"}}"""),
            new DemoSearch("transaction, interfaces alone", """
                    {"bool": {"must": [{"match": {"body": "transaction"}}],
                              "filter": [{"term": {"kind": "interface"}}]}}"""),
            new DemoSearch("buffer, without Netty's own package", """
                    {"bool": {"must": [{"match": {"body": "buffer"}}],
                              "must_not": [{"term": {"package": "io.netty.buffer"}}]}}"""),
            new DemoSearch("every page of org.springframework.http", """
                    {"term": {"package": "org.springframework.http"}}"""));

    /** Asks for the true total, so that two answers can be compared. */
    ObjectNode body() {
        ObjectNode body = JSON.createObjectNode();
        body.put("size", 3);
        body.put("track_total_hits", true);
        body.set("query", JSON.readTree(query));
        return body;
    }
}
