package io.elpis.index.audit;

import io.elpis.index.audit.ShardFinding.Verdict;
import io.elpis.index.catalog.Catalog;
import io.elpis.index.catalog.CatalogIndex;
import io.elpis.index.catalog.IndexExpressions;
import io.elpis.index.http.Answers;
import io.elpis.index.http.Parameters;
import io.elpis.model.indices.IndicesOptions;
import io.elpis.model.schema.ShardId;
import io.elpis.support.access.Callers;
import io.elpis.support.audit.Audit;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;

/** Whether all copies of a shard hold the same: as found last, or as found now. */
@RestController
final class AuditEndpoint {
    private static final Set<String> RUN_PARAMETERS = Set.of("timeout", "verify");

    private final Catalog catalog;
    private final Audits audits;
    private final Findings findings;
    private final AuditProperties properties;
    private final Audit trail = new Audit();

    AuditEndpoint(Catalog catalog, Audits audits, Findings findings, AuditProperties properties) {
        this.catalog = catalog;
        this.audits = audits;
        this.findings = findings;
        this.properties = properties;
    }

    /** @param json of the finding */
    private record Shown(boolean equal, String json) {}

    @GetMapping({"/_elpis/audit", "/_elpis/audit/{index}"})
    ResponseEntity<byte[]> newest(HttpServletRequest request, @PathVariable(required = false) @Nullable String index) {
        var unused = Parameters.of(request, Set.of());
        List<CatalogIndex> indices = indices(index);
        Map<ShardId, Shown> shown = new HashMap<>();
        findings.all()
                .forEach((shard, kept) -> shown.put(shard, new Shown(kept.verdict() == Verdict.EQUAL, kept.json())));
        return answer(indices, shown);
    }

    @PostMapping({"/_elpis/audit", "/_elpis/audit/{index}"})
    ResponseEntity<byte[]> run(HttpServletRequest request, @PathVariable(required = false) @Nullable String index) {
        Parameters parameters = Parameters.of(request, RUN_PARAMETERS);
        List<CatalogIndex> indices = indices(index);
        boolean verify = parameters.flag("verify", false);
        trail.done(Callers.of(request::getAttribute).subject(), "audit-run", index == null ? "_all" : index);
        Map<ShardId, Shown> shown = new HashMap<>();
        audits.run(indices, true, verify, parameters.patience("timeout", properties.patience()))
                .forEach((shard, finding) -> shown.put(
                        shard,
                        new Shown(
                                finding.verdict() == Verdict.EQUAL,
                                new String(FindingJson.write(finding), StandardCharsets.UTF_8))));
        return answer(indices, shown);
    }

    private List<CatalogIndex> indices(@Nullable String expression) {
        return IndexExpressions.resolve(catalog, expression == null ? "_all" : expression, IndicesOptions.DEFAULT);
    }

    /** A shard of which nothing was found yet is not sound. */
    private static ResponseEntity<byte[]> answer(List<CatalogIndex> indices, Map<ShardId, Shown> shown) {
        boolean sound = AuditedShard.of(indices).stream().allMatch(shard -> {
            Shown found = shown.get(shard.id());
            return found != null && found.equal();
        });
        return Answers.object(200, out -> {
            out.writeBooleanProperty("sound", sound);
            out.writeObjectPropertyStart("indices");
            indices.forEach(index -> write(out, index, shown));
            out.writeEndObject();
        });
    }

    private static void write(JsonGenerator out, CatalogIndex index, Map<ShardId, Shown> shown) {
        out.writeObjectPropertyStart(index.name().value());
        out.writeArrayPropertyStart("shards");
        for (int shard = 0; shard < index.logs().size(); shard++) {
            Shown found = shown.get(index.metadata().shard(shard));
            if (found != null) {
                out.writeRawValue(found.json());
            }
        }
        out.writeEndArray();
        out.writeEndObject();
    }
}
