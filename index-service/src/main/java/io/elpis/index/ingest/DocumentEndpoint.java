package io.elpis.index.ingest;

import io.elpis.index.http.Bodies;
import io.elpis.index.http.Parameters;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.protocol.record.Condition;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** Writes of one document. */
@RestController
final class DocumentEndpoint {
    private static final Set<String> PARAMETERS = Set.of(
            "refresh",
            "routing",
            "timeout",
            "op_type",
            "if_seq_no",
            "if_primary_term",
            "version",
            "version_type",
            "require_alias",
            "wait_for_active_shards");

    private final SingleWrites writes;
    private final IngestProperties properties;

    DocumentEndpoint(SingleWrites writes, IngestProperties properties) {
        this.writes = writes;
        this.properties = properties;
    }

    @RequestMapping(
            path = "/{index}/_doc/{id}",
            method = {RequestMethod.PUT, RequestMethod.POST})
    ResponseEntity<byte[]> index(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable String index,
            @PathVariable String id)
            throws IOException {
        Parameters parameters = Parameters.of(request, PARAMETERS);
        return write(request, response, parameters, kind(parameters), index, id);
    }

    @PostMapping("/{index}/_doc")
    ResponseEntity<byte[]> add(HttpServletRequest request, HttpServletResponse response, @PathVariable String index)
            throws IOException {
        Parameters parameters = Parameters.of(request, PARAMETERS);
        kind(parameters);
        return write(request, response, parameters, WriteKind.INDEX, index, null);
    }

    @RequestMapping(
            path = "/{index}/_create/{id}",
            method = {RequestMethod.PUT, RequestMethod.POST})
    ResponseEntity<byte[]> create(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable String index,
            @PathVariable String id)
            throws IOException {
        return write(request, response, Parameters.of(request, PARAMETERS), WriteKind.CREATE, index, id);
    }

    @DeleteMapping("/{index}/_doc/{id}")
    ResponseEntity<byte[]> delete(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable String index,
            @PathVariable String id)
            throws IOException {
        return write(request, response, Parameters.of(request, PARAMETERS), WriteKind.DELETE, index, id);
    }

    private ResponseEntity<byte[]> write(
            HttpServletRequest request,
            HttpServletResponse response,
            Parameters parameters,
            WriteKind kind,
            String index,
            @Nullable String id)
            throws IOException {
        WriteOptions options = WriteOptions.of(request, parameters, properties.timeout());
        byte[] body = Bodies.read(request, properties.maxBody().toBytes());
        if (kind == WriteKind.DELETE) {
            Bodies.none(request, body);
        } else {
            Bodies.required(body);
        }
        Condition condition = Conditions.of(
                kind,
                parameters.whole("if_seq_no"),
                parameters.whole("if_primary_term"),
                parameters.whole("version"),
                parameters.text("version_type"));
        WriteContent content =
                kind == WriteKind.DELETE ? new WriteContent.Nothing() : new WriteContent.Document(BodyPart.whole(body));
        return writes.write(
                new WriteRequest(kind, index, id, parameters.text("routing"), condition, content), options, response);
    }

    private static WriteKind kind(Parameters parameters) {
        String type = parameters.text("op_type");
        return switch (type) {
            case null -> WriteKind.INDEX;
            case "index" -> WriteKind.INDEX;
            case "create" -> WriteKind.CREATE;
            default ->
                throw new ElpisException(
                        ErrorCode.ILLEGAL_ARGUMENT, "opType must be 'create' or 'index', found: [" + type + "]");
        };
    }
}
