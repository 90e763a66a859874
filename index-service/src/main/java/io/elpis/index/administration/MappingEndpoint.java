package io.elpis.index.administration;

import io.elpis.index.catalog.Catalog;
import io.elpis.index.catalog.CatalogIndex;
import io.elpis.index.catalog.IndexExpressions;
import io.elpis.index.http.Answers;
import io.elpis.index.http.Bodies;
import io.elpis.index.http.Parameters;
import io.elpis.model.schema.Mapping;
import io.elpis.model.schema.MappingParser;
import io.elpis.model.schema.MappingWriter;
import io.elpis.support.access.Callers;
import io.elpis.support.audit.Audit;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** Mappings of indices. */
@RestController
final class MappingEndpoint {
    private static final Set<String> UPDATE = Set.of(
            "timeout",
            "cluster_manager_timeout",
            "master_timeout",
            "ignore_unavailable",
            "allow_no_indices",
            "expand_wildcards",
            "write_index_only");

    private final Catalog catalog;
    private final NodesKnow nodesKnow;
    private final Audit audit = new Audit();

    MappingEndpoint(Catalog catalog, NodesKnow nodesKnow) {
        this.catalog = catalog;
        this.nodesKnow = nodesKnow;
    }

    @GetMapping({"/_mapping", "/_mappings", "/{index}/_mapping", "/{index}/_mappings"})
    ResponseEntity<byte[]> show(HttpServletRequest request, @PathVariable(required = false) @Nullable String index) {
        Parameters parameters = Parameters.of(request, IndexEndpoint.SHOW);
        List<CatalogIndex> indices =
                IndexExpressions.resolve(catalog, index == null ? "_all" : index, parameters.indices());
        return Answers.object(200, out -> {
            for (CatalogIndex shown : indices) {
                out.writeObjectPropertyStart(shown.name().value());
                out.writeName("mappings");
                MappingWriter.write(shown.mapping(), out);
                out.writeEndObject();
            }
        });
    }

    @RequestMapping(
            path = {"/{index}/_mapping", "/{index}/_mappings"},
            method = {RequestMethod.PUT, RequestMethod.POST})
    ResponseEntity<byte[]> update(HttpServletRequest request, @PathVariable String index) throws IOException {
        Parameters parameters = Parameters.of(request, UPDATE);
        byte[] body = Bodies.required(Bodies.read(request, IndexEndpoint.MAX_BODY));
        List<CatalogIndex> indices = IndexExpressions.resolve(catalog, index, parameters.indices());
        UnaryOperator<Mapping> update = mapping -> MappingParser.merge(mapping, body);
        // Not the first of them alone where another cannot take it.
        indices.forEach(each -> catalog.checkUpdate(each, update));
        long version = 0;
        for (CatalogIndex each : indices) {
            version = Math.max(version, catalog.updateMapping(each, update).version());
            audit.done(
                    Callers.of(request::getAttribute).subject(),
                    "mapping-change",
                    each.name().value());
        }
        var unused = nodesKnow.of(version, IndexEndpoint.SHORT_PATIENCE);
        return Answers.acknowledged();
    }
}
