package io.elpis.index.overview;

import io.elpis.index.catalog.Catalog;
import io.elpis.index.catalog.CatalogIndex;
import io.elpis.index.catalog.IndexExpressions;
import io.elpis.index.http.Answers;
import io.elpis.index.http.Parameters;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.indices.IndicesOptions;
import io.elpis.support.topology.ShardMap;
import io.elpis.support.topology.ShardMapKeeper;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Cluster health, now or once it is as good as asked for. */
@RestController
final class ClusterHealthEndpoint {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Set<String> PARAMETERS = Set.of(
            "wait_for_status",
            "wait_for_nodes",
            "wait_for_active_shards",
            "wait_for_no_relocating_shards",
            "wait_for_no_initializing_shards",
            "wait_for_events",
            "timeout",
            "cluster_manager_timeout",
            "master_timeout",
            "level",
            "local",
            "expand_wildcards");

    private final Catalog catalog;
    private final ShardMapKeeper shardMap;
    private final Platform platform;

    ClusterHealthEndpoint(Catalog catalog, ShardMapKeeper shardMap, Platform platform) {
        this.catalog = catalog;
        this.shardMap = shardMap;
        this.platform = platform;
    }

    @GetMapping({"/_cluster/health", "/_cluster/health/{index}"})
    ResponseEntity<byte[]> health(HttpServletRequest request, @PathVariable(required = false) @Nullable String index) {
        Parameters parameters = Parameters.of(request, PARAMETERS);
        // Once here, where the database may be asked; what it tells is in memory when the condition looks again.
        indices(index);
        HealthLevel level = HealthLevel.of(parameters.text("level"));
        Predicate<ShardMap> wanted = wanted(parameters, index);
        boolean timedOut = !await(wanted, parameters.patience("timeout", PATIENCE));
        ShardMap map = shardMap.current();
        Collection<CatalogIndex> indices = indices(index);
        IndexHealth health = IndexHealth.of(indices, map);
        IndexHealth.Status status = allThere(index) ? health.status() : IndexHealth.Status.RED;
        return Answers.object(timedOut ? 408 : 200, out -> {
            out.writeStringProperty("cluster_name", platform.clusterName());
            out.writeStringProperty("status", status.word());
            out.writeBooleanProperty("timed_out", timedOut);
            out.writeNumberProperty("number_of_nodes", map.nodes().size());
            out.writeNumberProperty("number_of_data_nodes", map.nodes().size());
            out.writeBooleanProperty("discovered_master", true);
            out.writeBooleanProperty("discovered_cluster_manager", true);
            out.writeNumberProperty("active_primary_shards", health.primaries());
            out.writeNumberProperty("active_shards", health.active());
            out.writeNumberProperty("relocating_shards", health.relocating());
            out.writeNumberProperty("initializing_shards", health.initializing());
            out.writeNumberProperty("unassigned_shards", health.unassigned());
            out.writeNumberProperty("delayed_unassigned_shards", 0);
            out.writeNumberProperty("number_of_pending_tasks", 0);
            out.writeNumberProperty("number_of_in_flight_fetch", 0);
            out.writeNumberProperty("task_max_waiting_in_queue_millis", 0);
            out.writeNumberProperty("active_shards_percent_as_number", health.activePercent());
            level.write(out, indices, map);
        });
    }

    private Collection<CatalogIndex> indices(@Nullable String index) {
        return index == null
                ? catalog.view().indices()
                : IndexExpressions.resolve(catalog, index, IndicesOptions.LENIENT);
    }

    /** The same, from memory alone: conditions are tested on the thread that all changes of the shard map come by. */
    private Collection<CatalogIndex> remembered(@Nullable String index) {
        return index == null ? catalog.view().indices() : IndexExpressions.resolve(catalog.view(), index);
    }

    private boolean allThere(@Nullable String index) {
        return index == null || IndexExpressions.allThere(catalog.view(), index);
    }

    /** An index that was named and is not there is waited for, whatever else is. */
    private Predicate<ShardMap> wanted(Parameters parameters, @Nullable String index) {
        Predicate<ShardMap> wanted = _ -> allThere(index);
        String status = parameters.text("wait_for_status");
        if (status != null) {
            IndexHealth.Status least = status(status);
            wanted = wanted.and(
                    map -> IndexHealth.of(remembered(index), map).status().compareTo(least) <= 0);
        }
        String nodes = parameters.text("wait_for_nodes");
        if (nodes != null) {
            wanted = wanted.and(nodes(nodes));
        }
        if (parameters.flag("wait_for_no_relocating_shards", false)) {
            wanted = wanted.and(map -> IndexHealth.of(remembered(index), map).relocating() == 0);
        }
        if (parameters.flag("wait_for_no_initializing_shards", false)) {
            wanted = wanted.and(map -> IndexHealth.of(remembered(index), map).initializing() == 0);
        }
        String active = parameters.text("wait_for_active_shards");
        if (active != null) {
            wanted = wanted.and(map -> {
                IndexHealth health = IndexHealth.of(remembered(index), map);
                return health.active() >= (active.equals("all") ? health.wanted() : count(active));
            });
        }
        return wanted;
    }

    private static IndexHealth.Status status(String word) {
        return Arrays.stream(IndexHealth.Status.values())
                .filter(status -> status.word().equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new ElpisException(ErrorCode.ILLEGAL_ARGUMENT, "unknown cluster health status [" + word + "]"));
    }

    /** {@code 3}, {@code >=3}, {@code ge(3)} and so on. */
    private static Predicate<ShardMap> nodes(String text) {
        String number = text.replaceAll("[^0-9]", "");
        int count = count(number);
        return map -> {
            int there = map.nodes().size();
            if (text.startsWith(">=") || text.startsWith("ge")) {
                return there >= count;
            }
            if (text.startsWith("<=") || text.startsWith("le")) {
                return there <= count;
            }
            if (text.startsWith(">") || text.startsWith("gt")) {
                return there > count;
            }
            if (text.startsWith("<") || text.startsWith("lt")) {
                return there < count;
            }
            return there == count;
        };
    }

    private static int count(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new ElpisException(ErrorCode.ILLEGAL_ARGUMENT, "cannot parse [" + text + "] as a number");
        }
    }

    private boolean await(Predicate<ShardMap> wanted, Duration patience) {
        if (wanted.test(shardMap.current())) {
            return true;
        }
        try {
            shardMap.when(wanted, patience).get(patience.toMillis() + 100, TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return wanted.test(shardMap.current());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
