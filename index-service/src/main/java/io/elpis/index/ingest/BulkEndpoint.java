package io.elpis.index.ingest;

import io.elpis.index.http.Answers;
import io.elpis.index.http.Bodies;
import io.elpis.index.http.Parameters;
import io.elpis.model.bulk.BulkAction;
import io.elpis.model.bulk.BulkItem;
import io.elpis.model.bulk.BulkParser;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.json.Json;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;

/** Writes of many documents; each item succeeds or fails for itself. */
@RestController
final class BulkEndpoint {
    private static final Set<String> PARAMETERS =
            Set.of("refresh", "routing", "timeout", "require_alias", "wait_for_active_shards", "batch_size");

    private final Ingest ingest;
    private final IngestProperties properties;
    private final CopyProgress copies;
    private final Counter items;
    private final Counter failures;

    BulkEndpoint(Ingest ingest, IngestProperties properties, CopyProgress copies, MeterRegistry meters) {
        this.ingest = ingest;
        this.properties = properties;
        this.copies = copies;
        items = meters.counter("elpis.ingest.bulk.items");
        failures = meters.counter("elpis.ingest.bulk.failures");
    }

    @RequestMapping(
            path = {"/_bulk", "/{index}/_bulk"},
            method = {RequestMethod.PUT, RequestMethod.POST})
    ResponseEntity<byte[]> bulk(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable(required = false) @Nullable String index)
            throws IOException {
        long start = System.nanoTime();
        Parameters parameters = Parameters.of(request, PARAMETERS);
        WriteOptions options = WriteOptions.of(request, parameters, properties.timeout());
        byte[] body = Bodies.read(request, properties.maxBody().toBytes());
        List<BulkItem> asked = BulkParser.parse(body, index);
        List<Slot> slots = slots(asked, body, parameters.text("routing"));
        List<WriteRequest> requests = new ArrayList<>(slots.size());
        for (Slot slot : slots) {
            if (slot.request != null) {
                requests.add(slot.request);
            }
        }
        Ingest.Written written = requests.isEmpty()
                ? new Ingest.Written(List.of(), false)
                : ingest.write(requests, options.idempotencyKey(), options.timeout(), options.refresh());
        Sessions.tell(response, options.seen(), written.writes());
        return Answers.json(200, answer(slots, written, start));
    }

    /** An item of the request: either to be written or broken from the start. */
    private record Slot(
            BulkItem item,
            @Nullable WriteRequest request,
            @Nullable ElpisException failure) {}

    private static List<Slot> slots(List<BulkItem> items, byte[] body, @Nullable String routing) {
        List<Slot> slots = new ArrayList<>(items.size());
        for (BulkItem item : items) {
            slots.add(
                    switch (item) {
                        case BulkItem.Broken broken -> new Slot(broken, null, broken.failure());
                        case BulkItem.Operation operation -> slot(operation, body, routing);
                    });
        }
        return slots;
    }

    private static Slot slot(BulkItem.Operation item, byte[] body, @Nullable String routing) {
        try {
            return new Slot(item, request(item, body, routing), null);
        } catch (ElpisException e) {
            return new Slot(item, null, e);
        }
    }

    private static WriteRequest request(BulkItem.Operation item, byte[] body, @Nullable String routing) {
        String index = item.index();
        if (index == null) {
            throw new ElpisException(ErrorCode.ACTION_REQUEST_VALIDATION, "Validation Failed: 1: index is missing;");
        }
        String itsRouting = item.routing() == null || item.routing().isEmpty() ? routing : item.routing();
        BodyPart source = new BodyPart(body, item.sourceOffset(), item.sourceLength());
        return switch (item.action()) {
            case INDEX -> whole(WriteKind.INDEX, item, index, itsRouting, new WriteContent.Document(source));
            case CREATE ->
                whole(
                        item.id() == null ? WriteKind.INDEX : WriteKind.CREATE,
                        item,
                        index,
                        itsRouting,
                        new WriteContent.Document(source));
            case DELETE -> whole(WriteKind.DELETE, item, index, itsRouting, new WriteContent.Nothing());
            case UPDATE -> update(item, index, itsRouting, source);
        };
    }

    private static WriteRequest whole(
            WriteKind kind, BulkItem.Operation item, String index, @Nullable String routing, WriteContent content) {
        return new WriteRequest(
                kind,
                index,
                item.id(),
                routing,
                Conditions.of(kind, item.ifSeqNo(), item.ifPrimaryTerm(), item.version(), item.versionType()),
                content);
    }

    private static WriteRequest update(BulkItem.Operation item, String index, @Nullable String routing, BodyPart body) {
        if (item.version() != null || item.versionType() != null) {
            throw new ElpisException(
                    ErrorCode.ILLEGAL_ARGUMENT,
                    "Update requests do not support versioning. Please use `if_seq_no` and `if_primary_term` instead");
        }
        return UpdateRequests.of(
                index,
                Objects.requireNonNull(item.id()),
                routing,
                new UpdateRequests.Said(item.ifSeqNo(), item.ifPrimaryTerm(), item.retryOnConflict(), false),
                body);
    }

    private byte[] answer(List<Slot> slots, Ingest.Written all, long start) {
        WriteAnswers answers = new WriteAnswers(copies, all.forcedRefresh());
        int broken = 0;
        Iterator<Write> written = all.writes().iterator();
        List<Ended> ended = new ArrayList<>(slots.size());
        for (Slot slot : slots) {
            Write write = slot.request == null ? null : written.next();
            ElpisException failure = write == null ? slot.failure : WriteAnswers.failure(write);
            broken += failure == null ? 0 : 1;
            ended.add(new Ended(slot.item, write, failure));
        }
        items.increment(ended.size());
        failures.increment(broken);
        boolean errors = broken > 0;
        return Json.write(out -> {
            out.writeStartObject();
            out.writeNumberProperty("took", (System.nanoTime() - start) / 1_000_000);
            out.writeBooleanProperty("errors", errors);
            out.writeArrayPropertyStart("items");
            ended.forEach(item -> item(out, item, answers));
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private record Ended(
            BulkItem item, @Nullable Write write, @Nullable ElpisException failure) {}

    private static void item(JsonGenerator out, Ended ended, WriteAnswers answers) {
        out.writeStartObject();
        BulkAction action = ended.item.action();
        out.writeObjectPropertyStart(action.actionName());
        Write write = ended.write;
        ElpisException failure = ended.failure;
        if (failure != null) {
            String id = write == null ? ended.item.id() : write.knownId();
            if (ended.item.index() != null) {
                out.writeStringProperty("_index", ended.item.index());
            }
            if (id != null) {
                out.writeStringProperty("_id", id);
            }
            out.writeNumberProperty("status", failure.code().httpStatus());
            WriteAnswers.error(out, failure);
        } else if (write != null) {
            answers.members(out, write);
            out.writeNumberProperty("status", WriteAnswers.status(write.result()));
        }
        out.writeEndObject();
        out.writeEndObject();
    }
}
