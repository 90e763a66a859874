package io.elpis.index.administration;

import io.elpis.index.catalog.Catalog;
import io.elpis.index.catalog.CatalogIndex;
import io.elpis.index.catalog.IndexExpressions;
import io.elpis.index.http.Answers;
import io.elpis.index.http.Parameters;
import io.elpis.index.refresh.Refresher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** Makes all that was written visible to searches. */
@RestController
final class RefreshEndpoint {
    private static final Set<String> PARAMETERS = Set.of("ignore_unavailable", "allow_no_indices", "expand_wildcards");

    private final Catalog catalog;
    private final Refresher refresher;

    RefreshEndpoint(Catalog catalog, Refresher refresher) {
        this.catalog = catalog;
        this.refresher = refresher;
    }

    @RequestMapping(
            path = {"/_refresh", "/{index}/_refresh"},
            method = {RequestMethod.POST, RequestMethod.GET})
    ResponseEntity<byte[]> refresh(HttpServletRequest request, @PathVariable(required = false) @Nullable String index) {
        Parameters parameters = Parameters.of(request, PARAMETERS);
        List<Refresher.Target> targets = new ArrayList<>();
        int total = 0;
        for (CatalogIndex refreshed :
                IndexExpressions.resolve(catalog, index == null ? "_all" : index, parameters.indices())) {
            total += refreshed.logs().size() * refreshed.settings().copiesPerShard();
            for (int shard = 0; shard < refreshed.logs().size(); shard++) {
                targets.add(Refresher.Target.everything(
                        refreshed.metadata().shard(shard),
                        refreshed.logs().get(shard).generation()));
            }
        }
        int copies = total;
        Refresher.Refreshed done = refresher.refresh(targets, Refresher.How.NOW, IndexEndpoint.PATIENCE);
        return Answers.object(
                200,
                out -> Answers.shards(
                        out, Math.max(copies, done.successful() + done.failed()), done.successful(), done.failed()));
    }
}
