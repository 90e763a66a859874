package io.elpis.index;

import io.elpis.index.http.BodyRoom;
import io.elpis.index.ingest.IngestProperties;
import io.elpis.index.ingest.ParsedRoom;
import io.elpis.support.access.AccessPolicy;
import io.elpis.support.access.AccessRule;
import io.elpis.support.identity.Scopes;
import io.elpis.support.topology.TopologyConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What the service as a whole needs: the shard map, and who may do what. */
@Configuration(proxyBeanMethods = false)
@Import(TopologyConfiguration.class)
class IndexServiceConfiguration {
    /** Of a body there is more than one copy on its way to the log. */
    private static final int HEAP_PER_BODIES = 5;

    private static final int HEAP_PER_VALUES = 10;

    /** Of one document: as many numbers as it may have, each as long as numbers become. */
    private static final long LARGEST_VALUES = 500_000 * 10L;

    /** A fifth of the heap, and never too little for one request. */
    @Bean
    BodyRoom bodyRoom(IngestProperties ingest, MeterRegistry meters) {
        long share = Runtime.getRuntime().maxMemory() / HEAP_PER_BODIES;
        BodyRoom room = new BodyRoom(Math.max(share, ingest.maxBody().toBytes() + 1));
        meters.gauge("elpis.http.bodies.free", room, BodyRoom::free);
        return room;
    }

    /**
     * A tenth of the heap. With 256 MB, bodies take 51 MB at most, the copies of their documents' sources as much again,
     * values beyond them 26 MB, and the log's producer buffers 48 MB: 176 MB. The rest is for the service itself, for the
     * documents that are being parsed just now, one a processor, and for the record that each is about to append.
     */
    @Bean
    ParsedRoom parsedRoom(MeterRegistry meters) {
        long share = Runtime.getRuntime().maxMemory() / HEAP_PER_VALUES;
        ParsedRoom room = new ParsedRoom(Math.max(share, LARGEST_VALUES));
        meters.gauge("elpis.ingest.values.free", room, ParsedRoom::free);
        return room;
    }

    @Bean
    AccessPolicy accessPolicy() {
        return () -> List.of(
                AccessRule.authenticated("/", "GET", "HEAD"),
                AccessRule.scope(Scopes.MONITOR, "/_cat/**"),
                AccessRule.scope(Scopes.MONITOR, "/_cluster/**"),
                AccessRule.scope(Scopes.WRITE, "/_elpis/outcome/**"),
                AccessRule.scope(Scopes.MANAGE, "/_elpis/dead-letters/**", "POST", "DELETE"),
                AccessRule.scope(Scopes.MANAGE, "/_elpis/audit", "POST"),
                AccessRule.scope(Scopes.MANAGE, "/_elpis/audit/**", "POST"),
                AccessRule.scope(Scopes.MONITOR, "/_elpis/**"),
                AccessRule.scope(Scopes.WRITE, "/_bulk"),
                AccessRule.scope(Scopes.WRITE, "/{index}/_bulk"),
                AccessRule.scope(Scopes.WRITE, "/{index}/_doc/**"),
                AccessRule.scope(Scopes.WRITE, "/{index}/_create/**"),
                AccessRule.scope(Scopes.WRITE, "/{index}/_update/**"),
                AccessRule.scope(Scopes.WRITE, "/{index}/_delete_by_query", "POST"),
                AccessRule.scope(Scopes.WRITE, "/{index}/_update_by_query", "POST"),
                AccessRule.scope(Scopes.WRITE, "/_reindex", "POST"),
                AccessRule.authenticated("/_tasks/**"),
                AccessRule.authenticated("/_delete_by_query/{task}/_rethrottle", "POST"),
                AccessRule.authenticated("/_update_by_query/{task}/_rethrottle", "POST"),
                AccessRule.authenticated("/_reindex/{task}/_rethrottle", "POST"),
                AccessRule.scope(Scopes.WRITE, "/_refresh"),
                AccessRule.scope(Scopes.WRITE, "/{index}/_refresh"),
                AccessRule.open("/actuator/health/**", "GET", "HEAD"),
                AccessRule.scope(Scopes.MONITOR, "/actuator/**"),
                AccessRule.scope(Scopes.READ, "/**", "GET", "HEAD"),
                AccessRule.scope(Scopes.MANAGE, "/**"));
    }
}
