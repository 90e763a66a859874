package io.elpis.index.administration;

import io.elpis.index.catalog.Catalog;
import io.elpis.index.catalog.CatalogIndex;
import io.elpis.index.catalog.IndexExpressions;
import io.elpis.index.http.ActiveShards;
import io.elpis.index.http.Answers;
import io.elpis.index.http.Bodies;
import io.elpis.index.http.Parameters;
import io.elpis.model.schema.IndexDefinition;
import io.elpis.model.schema.IndexName;
import io.elpis.model.schema.MappingWriter;
import io.elpis.support.access.Callers;
import io.elpis.support.audit.Audit;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** Indices as a whole. */
@RestController
final class IndexEndpoint {
    static final long MAX_BODY = 4 << 20;
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Long enough for a node that lives; a change is done whether nodes have heard of it or not. */
    static final Duration SHORT_PATIENCE = Duration.ofSeconds(5);

    private static final Set<String> CREATE =
            Set.of("timeout", "cluster_manager_timeout", "master_timeout", "wait_for_active_shards");
    static final Set<String> SHOW = Set.of(
            "local",
            "flat_settings",
            "include_defaults",
            "ignore_unavailable",
            "allow_no_indices",
            "expand_wildcards",
            "timeout",
            "cluster_manager_timeout",
            "master_timeout");

    private final Catalog catalog;
    private final NodesKnow nodesKnow;
    private final Audit audit = new Audit();

    IndexEndpoint(Catalog catalog, NodesKnow nodesKnow) {
        this.catalog = catalog;
        this.nodesKnow = nodesKnow;
    }

    @PutMapping("/{index}")
    ResponseEntity<byte[]> create(HttpServletRequest request, @PathVariable String index) throws IOException {
        Parameters parameters = Parameters.of(request, CREATE);
        Duration patience = parameters.patience("timeout", PATIENCE);
        IndexName name = new IndexName(index);
        IndexDefinition definition = IndexDefinition.parse(Bodies.read(request, MAX_BODY));
        int active = ActiveShards.each(parameters, definition.settings().copiesPerShard());
        CatalogIndex created = catalog.create(name, definition);
        audit.done(Callers.of(request::getAttribute).subject(), "index-create", name.value());
        boolean served =
                active == 0 ? nodesKnow.of(created.version(), patience) : nodesKnow.andServe(created, active, patience);
        return Answers.object(200, out -> {
            out.writeBooleanProperty("acknowledged", true);
            out.writeBooleanProperty("shards_acknowledged", served);
            out.writeStringProperty("index", name.value());
        });
    }

    @GetMapping("/{index}")
    ResponseEntity<byte[]> show(HttpServletRequest request, @PathVariable String index) {
        Parameters parameters = Parameters.of(request, SHOW);
        List<CatalogIndex> indices = IndexExpressions.resolve(catalog, index, parameters.indices());
        return Answers.object(200, out -> {
            for (CatalogIndex shown : indices) {
                out.writeObjectPropertyStart(shown.name().value());
                out.writeObjectPropertyStart("aliases");
                out.writeEndObject();
                out.writeName("mappings");
                MappingWriter.write(shown.mapping(), out);
                out.writeName("settings");
                ShownSettings.write(shown, out);
                out.writeEndObject();
            }
        });
    }

    @DeleteMapping("/{index}")
    ResponseEntity<byte[]> delete(HttpServletRequest request, @PathVariable String index) {
        Parameters parameters = Parameters.of(request, SHOW);
        List<CatalogIndex> indices = IndexExpressions.resolve(catalog, index, parameters.indices());
        long version = 0;
        for (CatalogIndex gone : indices) {
            version = Math.max(version, catalog.delete(gone).version());
            audit.done(
                    Callers.of(request::getAttribute).subject(),
                    "index-delete",
                    gone.name().value());
        }
        if (version > 0) {
            var unused = nodesKnow.of(version, SHORT_PATIENCE);
        }
        return Answers.acknowledged();
    }
}
