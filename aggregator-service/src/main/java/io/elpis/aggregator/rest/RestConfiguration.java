package io.elpis.aggregator.rest;

import io.elpis.aggregator.document.DocumentService;
import io.elpis.aggregator.search.Admission;
import io.elpis.aggregator.search.SearchService;
import io.elpis.support.access.AccessPolicy;
import io.elpis.support.access.AccessRule;
import io.elpis.support.identity.Scopes;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the doors and who may come in. */
@Configuration(proxyBeanMethods = false)
class RestConfiguration {
    @Bean
    AccessPolicy readersOnly() {
        return () -> List.of(
                AccessRule.scope(Scopes.READ, "/{index}/_search"),
                AccessRule.open("/actuator/health/**", "GET", "HEAD"),
                AccessRule.scope(Scopes.MONITOR, "/actuator/**"),
                AccessRule.scope(Scopes.READ, "/**"));
    }

    @Bean
    ApiFilter apiFilter(
            SearchService searches, DocumentService documents, Admission admission, RestProperties properties) {
        return new ApiFilter(
                new SearchDoor(searches), new DocumentDoor(documents), new MultiGetDoor(documents, admission), (int)
                        properties.maxBody().toBytes());
    }
}
