package io.elpis.index.overview;

import io.elpis.index.catalog.Catalog;
import io.elpis.index.catalog.CatalogIndex;
import io.elpis.index.catalog.IndexExpressions;
import io.elpis.index.http.Answers;
import io.elpis.index.http.Parameters;
import io.elpis.model.indices.IndicesOptions;
import io.elpis.model.schema.ShardId;
import io.elpis.support.topology.NodeView;
import io.elpis.support.topology.ShardCopy;
import io.elpis.support.topology.ShardMap;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Tables for people. */
@RestController
final class CatEndpoint {
    private static final Set<String> PER_INDEX = new TreeSet<>(Table.PARAMETERS);

    static {
        PER_INDEX.addAll(Set.of("health", "pri", "expand_wildcards", "include_unloaded_segments"));
    }

    private final Catalog catalog;
    private final Supplier<ShardMap> shardMap;
    private final Platform platform;
    private final InstantSource clock;

    CatEndpoint(Catalog catalog, Supplier<ShardMap> shardMap, Platform platform, InstantSource clock) {
        this.catalog = catalog;
        this.shardMap = shardMap;
        this.platform = platform;
        this.clock = clock;
    }

    @GetMapping("/_cat")
    ResponseEntity<byte[]> list() {
        return Answers.text("""
                /_cat/health
                /_cat/indices
                /_cat/indices/{index}
                /_cat/nodes
                /_cat/shards
                /_cat/shards/{index}
                """);
    }

    @GetMapping({"/_cat/indices", "/_cat/indices/{index}"})
    ResponseEntity<byte[]> indices(HttpServletRequest request, @PathVariable(required = false) @Nullable String index) {
        Parameters parameters = Parameters.of(request, PER_INDEX);
        ShardMap map = shardMap.get();
        Table table = new Table(
                "health",
                "status",
                "index",
                "uuid",
                "pri",
                "rep",
                "docs.count",
                "docs.deleted",
                "store.size",
                "pri.store.size");
        for (CatalogIndex shown : resolve(index)) {
            String health = IndexHealth.of(shown, map).status().word();
            if (parameters.text("health") != null && !health.equals(parameters.text("health"))) {
                continue;
            }
            long documents = 0;
            long first = 0;
            long all = 0;
            for (int shard = 0; shard < shown.logs().size(); shard++) {
                ShardId id = shown.metadata().shard(shard);
                ShardCopy copy = IndexHealth.furthest(map, id);
                documents += copy == null ? 0 : copy.state().getDocuments();
                first += copy == null ? 0 : copy.state().getSizeBytes();
                all += map.copies(id).stream()
                        .mapToLong(each -> each.state().getSizeBytes())
                        .sum();
            }
            table.row(
                    health,
                    "open",
                    shown.name(),
                    shown.uuid(),
                    shown.logs().size(),
                    shown.settings().numberOfReplicas(),
                    documents,
                    null,
                    Table.size(all, parameters),
                    Table.size(first, parameters));
        }
        return table.answer(parameters);
    }

    /** All copies are equal; the one furthest ahead is shown as the primary for those who look for one. */
    @GetMapping({"/_cat/shards", "/_cat/shards/{index}"})
    ResponseEntity<byte[]> shards(HttpServletRequest request, @PathVariable(required = false) @Nullable String index) {
        Parameters parameters = Parameters.of(request, PER_INDEX);
        ShardMap map = shardMap.get();
        Table table = new Table("index", "shard", "prirep", "state", "docs", "store", "ip", "node");
        for (CatalogIndex shown : resolve(index)) {
            for (int shard = 0; shard < shown.logs().size(); shard++) {
                ShardId id = shown.metadata().shard(shard);
                ShardCopy first = IndexHealth.furthest(map, id);
                List<ShardCopy> copies = map.copies(id);
                for (ShardCopy copy : copies) {
                    table.row(
                            shown.name(),
                            shard,
                            copy.equals(first) ? "p" : "r",
                            IndexHealth.word(copy.state().getState()),
                            copy.state().getDocuments(),
                            Table.size(copy.state().getSizeBytes(), parameters),
                            null,
                            copy.node().name());
                }
                for (int missing = copies.size(); missing < shown.settings().copiesPerShard(); missing++) {
                    table.row(shown.name(), shard, missing == 0 ? "p" : "r", "UNASSIGNED", null, null, null, null);
                }
            }
        }
        return table.answer(parameters);
    }

    @GetMapping("/_cat/nodes")
    ResponseEntity<byte[]> nodes(HttpServletRequest request) {
        Parameters parameters = Parameters.of(request, PER_INDEX);
        Table table = new Table(
                "name", "zone", "node.role", "state", "shards", "disk.avail", "searches.active", "searches.queued");
        for (NodeView view : shardMap.get().nodes()) {
            String state = view.draining() ? "draining" : view.node().silent() ? "silent" : "up";
            table.row(
                    view.node().name(),
                    view.node().zone(),
                    "d",
                    state,
                    view.copies().size(),
                    Table.size(view.node().load().getDiskFreeBytes(), parameters),
                    view.node().load().getActiveSearches(),
                    view.node().load().getQueuedSearches());
        }
        return table.answer(parameters);
    }

    @GetMapping("/_cat/health")
    ResponseEntity<byte[]> health(HttpServletRequest request) {
        Parameters parameters = Parameters.of(request, Table.PARAMETERS);
        ShardMap map = shardMap.get();
        IndexHealth health = IndexHealth.of(catalog.view().indices(), map);
        Instant now = clock.instant();
        Table table = new Table(
                "epoch",
                "timestamp",
                "cluster",
                "status",
                "node.total",
                "node.data",
                "shards",
                "pri",
                "relo",
                "init",
                "unassign",
                "active_shards_percent");
        table.row(
                now.getEpochSecond(),
                DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT)
                        .withZone(ZoneOffset.UTC)
                        .format(now),
                platform.clusterName(),
                health.status().word(),
                map.nodes().size(),
                map.nodes().size(),
                health.active(),
                health.primaries(),
                health.relocating(),
                health.initializing(),
                health.unassigned(),
                String.format(Locale.ROOT, "%.1f%%", health.activePercent()));
        return table.answer(parameters);
    }

    private List<CatalogIndex> resolve(@Nullable String index) {
        return IndexExpressions.resolve(catalog, index == null ? "_all" : index, IndicesOptions.DEFAULT);
    }
}
