package io.elpis.aggregator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RouteTest {
    @Test
    void pathsLeadToTheirRoutes() {
        assertThat(Route.of("POST", "/wiki/_search")).isEqualTo(new Route.Search("wiki"));
        assertThat(Route.of("GET", "/_search")).isEqualTo(new Route.Search(""));
        assertThat(Route.of("GET", "/wiki/_search/")).isEqualTo(new Route.Search("wiki"));
        assertThat(Route.of("GET", "/a,b*/_count")).isEqualTo(new Route.Count("a,b*"));
        assertThat(Route.of("HEAD", "/wiki/_doc/1")).isEqualTo(new Route.Document("wiki", "1", true));
        assertThat(Route.of("GET", "/wiki/_source/1")).isEqualTo(new Route.Source("wiki", "1", false));
        assertThat(Route.of("POST", "/_mget")).isEqualTo(new Route.MultiGet(""));
    }

    @Test
    void idsAreDecodedAsPathsAre() {
        assertThat(Route.of("GET", "/wiki/_doc/a%2Fb+c%20d")).isEqualTo(new Route.Document("wiki", "a/b+c d", false));
    }

    @Test
    void otherPathsAndMethodsAreNobodys() {
        assertThat(Route.of("GET", "/actuator/health")).isNull();
        assertThat(Route.of("PUT", "/wiki/_doc/1")).isNull();
        assertThat(Route.of("DELETE", "/wiki/_search")).isNull();
        assertThat(Route.of("GET", "/wiki/_doc/")).isNull();
        assertThat(Route.of("GET", "/")).isNull();
    }
}
