package io.elpis.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutingTableTest {
    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvSource({
        "GET,  /_search, AGGREGATOR",
        "POST, /_search, AGGREGATOR",
        "POST, /_search/, AGGREGATOR",
        "POST, /_search/scroll, AGGREGATOR",
        "POST, /wiki/_search, AGGREGATOR",
        "'POST', '/wiki,news*/_search', AGGREGATOR",
        "POST, /_all/_search, AGGREGATOR",
        "GET,  /wiki/_count, AGGREGATOR",
        "GET,  /_count, AGGREGATOR",
        "POST, /_mget, AGGREGATOR",
        "POST, /wiki/_mget, AGGREGATOR",
        "GET,  /wiki/_doc/1, AGGREGATOR",
        "HEAD, /wiki/_doc/1, AGGREGATOR",
        "GET,  /wiki/_doc/a%2Fb, AGGREGATOR",
        "GET,  /wiki/_source/1, AGGREGATOR",
        "HEAD, /wiki/_source/1, AGGREGATOR",
        "PUT,  /wiki/_doc/1, INDEX",
        "POST, /wiki/_doc/1, INDEX",
        "DELETE, /wiki/_doc/1, INDEX",
        "POST, /wiki/_doc, INDEX",
        "PUT,  /wiki/_create/1, INDEX",
        "POST, /wiki/_update/1, INDEX",
        "PUT,  /wiki/_doc/_search, INDEX",
        "GET,  /, INDEX",
        "HEAD, /, INDEX",
        "PUT,  /wiki, INDEX",
        "HEAD, /wiki, INDEX",
        "GET,  /wiki, INDEX",
        "DELETE, /wiki, INDEX",
        "POST, /_bulk, INDEX",
        "POST, /wiki/_delete_by_query, INDEX",
        "POST, /wiki/_update_by_query, INDEX",
        "POST, /_reindex, INDEX",
        "POST, /_reindex/index-1:7/_rethrottle, INDEX",
        "GET,  /_tasks, INDEX",
        "GET,  /_tasks/index-1:7, INDEX",
        "POST, /_tasks/index-1:7/_cancel, INDEX",
        "POST, /wiki/_bulk, INDEX",
        "POST, /wiki/_refresh, INDEX",
        "GET,  /wiki/_mapping, INDEX",
        "PUT,  /wiki/_settings, INDEX",
        "GET,  /_cat/indices, INDEX",
        "GET,  /_cat/_search, INDEX",
        "GET,  /_cluster/health, INDEX",
        "GET,  /_elpis/shards, INDEX",
        "POST, /_elpis/audit/wiki, INDEX",
        "GET,  /wiki%2F_search, INDEX",
        "POST, /_elpis/token, AUTH",
        "GET,  /_elpis/users, AUTH",
        "PUT,  /_elpis/users/eve, AUTH",
        "POST, /oauth2/token, AUTH",
        "GET,  /oauth2/jwks, AUTH",
        "GET,  /.well-known/oauth-authorization-server, AUTH",
        "GET,  /actuator/health, ",
    })
    void everyPathHasItsService(String method, String path, BackendService service) {
        assertThat(RoutingTable.serviceFor(method, path)).isEqualTo(service);
    }

    @ParameterizedTest(name = "{0} of {1} repeatable: {2}")
    @CsvSource({
        "GET, INDEX, true",
        "HEAD, INDEX, true",
        "POST, INDEX, false",
        "PUT, INDEX, false",
        "DELETE, INDEX, false",
        "POST, AGGREGATOR, true",
        "POST, AUTH, false",
    })
    void onlyReadsAndSearchesAreRepeatable(String method, BackendService service, boolean repeatable) {
        assertThat(RoutingTable.isRepeatable(method, service)).isEqualTo(repeatable);
    }
}
