package io.elpis.index.overview;

import io.elpis.index.catalog.CatalogIndex;
import io.elpis.index.catalog.CatalogView;
import io.elpis.index.http.Answers;
import io.elpis.model.json.Json;
import io.elpis.support.topology.ShardCopy;
import io.elpis.support.topology.ShardMap;
import java.util.Locale;
import java.util.function.Supplier;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;

/** The shard map as it is: one entry a copy that a connected node has. */
@RestController
final class ShardsEndpoint {
    private final CatalogView catalog;
    private final Supplier<ShardMap> shardMap;

    ShardsEndpoint(CatalogView catalog, Supplier<ShardMap> shardMap) {
        this.catalog = catalog;
        this.shardMap = shardMap;
    }

    @GetMapping("/_elpis/shards")
    ResponseEntity<byte[]> shards() {
        ShardMap map = shardMap.get();
        return Answers.json(200, Json.write(out -> {
            out.writeStartArray();
            for (CatalogIndex index : catalog.indices()) {
                for (int shard = 0; shard < index.logs().size(); shard++) {
                    for (ShardCopy copy : map.copies(index.metadata().shard(shard))) {
                        write(out, index, copy);
                    }
                }
            }
            out.writeEndArray();
        }));
    }

    private static void write(JsonGenerator out, CatalogIndex index, ShardCopy copy) {
        long applied = copy.state().getApplied().getOffset();
        long end = copy.state().getLogEnd();
        out.writeStartObject();
        out.writeStringProperty("index", index.name().value());
        out.writeNumberProperty("shard", copy.shard().shard());
        out.writeStringProperty("node", copy.node().name());
        out.writeStringProperty("state", copy.state().getState().name().toLowerCase(Locale.ROOT));
        out.writeNumberProperty("applied_offset", applied);
        if (end < 0) {
            out.writeNullProperty("lag");
        } else {
            out.writeNumberProperty("lag", Math.max(0, end - applied));
        }
        out.writeNumberProperty("documents", copy.state().getDocuments());
        out.writeNumberProperty("size_bytes", copy.state().getSizeBytes());
        out.writeEndObject();
    }
}
