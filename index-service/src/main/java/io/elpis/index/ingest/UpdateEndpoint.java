package io.elpis.index.ingest;

import io.elpis.index.http.Bodies;
import io.elpis.index.http.Parameters;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Partial updates of one document, which copies merge into it when they apply the record. */
@RestController
final class UpdateEndpoint {
    private static final Set<String> PARAMETERS = Set.of(
            "refresh",
            "routing",
            "timeout",
            "if_seq_no",
            "if_primary_term",
            "version",
            "version_type",
            "doc_as_upsert",
            "retry_on_conflict",
            "require_alias",
            "wait_for_active_shards");

    private final SingleWrites writes;
    private final IngestProperties properties;

    UpdateEndpoint(SingleWrites writes, IngestProperties properties) {
        this.writes = writes;
        this.properties = properties;
    }

    @PostMapping("/{index}/_update/{id}")
    ResponseEntity<byte[]> update(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable String index,
            @PathVariable String id)
            throws IOException {
        Parameters parameters = Parameters.of(request, PARAMETERS);
        WriteOptions options = WriteOptions.of(request, parameters, properties.timeout());
        if (parameters.has("version") || parameters.has("version_type")) {
            throw Conditions.internalVersioning();
        }
        UpdateRequests.Said said = new UpdateRequests.Said(
                parameters.whole("if_seq_no"),
                parameters.whole("if_primary_term"),
                parameters.whole("retry_on_conflict"),
                parameters.flag("doc_as_upsert", false));
        BodyPart body = BodyPart.whole(Bodies.read(request, properties.maxBody().toBytes()));
        return writes.write(UpdateRequests.of(index, id, parameters.text("routing"), said, body), options, response);
    }
}
