package io.elpis.index.administration;

import io.elpis.index.catalog.Catalog;
import io.elpis.index.catalog.CatalogIndex;
import io.elpis.index.catalog.IndexExpressions;
import io.elpis.index.http.Answers;
import io.elpis.index.http.Bodies;
import io.elpis.index.http.Parameters;
import io.elpis.model.schema.IndexSettingsParser;
import io.elpis.support.access.Callers;
import io.elpis.support.audit.Audit;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** Settings of indices; some can be changed while the index is there. */
@RestController
final class SettingsEndpoint {
    private static final Set<String> UPDATE = Set.of(
            "timeout",
            "cluster_manager_timeout",
            "master_timeout",
            "ignore_unavailable",
            "allow_no_indices",
            "expand_wildcards",
            "flat_settings");

    private final Catalog catalog;
    private final NodesKnow nodesKnow;
    private final Audit audit = new Audit();

    SettingsEndpoint(Catalog catalog, NodesKnow nodesKnow) {
        this.catalog = catalog;
        this.nodesKnow = nodesKnow;
    }

    @GetMapping({"/_settings", "/{index}/_settings"})
    ResponseEntity<byte[]> show(HttpServletRequest request, @PathVariable(required = false) @Nullable String index) {
        Parameters parameters = Parameters.of(request, IndexEndpoint.SHOW);
        List<CatalogIndex> indices =
                IndexExpressions.resolve(catalog, index == null ? "_all" : index, parameters.indices());
        return Answers.object(200, out -> {
            for (CatalogIndex shown : indices) {
                out.writeObjectPropertyStart(shown.name().value());
                out.writeName("settings");
                ShownSettings.write(shown, out);
                out.writeEndObject();
            }
        });
    }

    @PutMapping({"/_settings", "/{index}/_settings"})
    ResponseEntity<byte[]> update(HttpServletRequest request, @PathVariable(required = false) @Nullable String index)
            throws IOException {
        Parameters parameters = Parameters.of(request, UPDATE);
        byte[] body = Bodies.required(Bodies.read(request, IndexEndpoint.MAX_BODY));
        long version = 0;
        for (CatalogIndex changed :
                IndexExpressions.resolve(catalog, index == null ? "_all" : index, parameters.indices())) {
            version = Math.max(
                    version,
                    catalog.updateSettings(
                                    changed, settings -> IndexSettingsParser.update(settings, body, changed.name()))
                            .version());
            audit.done(
                    Callers.of(request::getAttribute).subject(),
                    "settings-change",
                    changed.name().value());
        }
        var unused = nodesKnow.of(version, IndexEndpoint.SHORT_PATIENCE);
        return Answers.acknowledged();
    }
}
