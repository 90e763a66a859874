package io.elpis.index.deadletter;

import com.google.protobuf.InvalidProtocolBufferException;
import io.elpis.index.catalog.Catalog;
import io.elpis.index.catalog.CatalogIndex;
import io.elpis.index.catalog.IndexExpressions;
import io.elpis.index.http.Answers;
import io.elpis.index.http.Parameters;
import io.elpis.index.ingest.Replays;
import io.elpis.index.ingest.Ticket;
import io.elpis.index.log.RecordReader;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.indices.IndicesOptions;
import io.elpis.model.schema.IndexUuid;
import io.elpis.protocol.letter.DeadLetter;
import io.elpis.protocol.letter.DeadLetterId;
import io.elpis.protocol.outcome.OperationRef;
import io.elpis.protocol.record.LogRecord;
import io.elpis.support.access.Callers;
import io.elpis.support.audit.Audit;
import io.elpis.support.identity.Caller;
import io.elpis.support.identity.Scopes;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;

/** Lists the records that no copy could apply, writes them anew, and takes them off the list. */
@RestController
final class DeadLetterEndpoint {
    private static final String PATH = "/_elpis/dead-letters";
    private static final int DEFAULT_SIZE = 50;
    private static final int LARGEST_SIZE = 1_000;
    private static final Duration READ_PATIENCE = Duration.ofSeconds(10);

    private final Catalog catalog;
    private final Letters letters;
    private final RecordReader records;
    private final Replays replays;
    private final Audit audit = new Audit();

    DeadLetterEndpoint(Catalog catalog, Letters letters, RecordReader records, Replays replays) {
        this.catalog = catalog;
        this.letters = letters;
        this.records = records;
        this.replays = replays;
    }

    @GetMapping(PATH)
    ResponseEntity<byte[]> list(HttpServletRequest request) {
        Parameters parameters = Parameters.of(request, Set.of("index", "from", "size"));
        int from = bounded(parameters, "from", 0, Integer.MAX_VALUE);
        int size = bounded(parameters, "size", DEFAULT_SIZE, LARGEST_SIZE);
        LetterView view = letters.read(wanted(parameters));
        List<DeadLetter> all = view.letters();
        return Answers.object(200, out -> {
            out.writeObjectPropertyStart("total");
            out.writeNumberProperty("value", all.size());
            out.writeStringProperty("relation", view.hasMore() ? "gte" : "eq");
            out.writeEndObject();
            out.writeArrayPropertyStart("dead_letters");
            all.stream().skip(from).limit(size).forEach(letter -> print(out, letter));
            out.writeEndArray();
        });
    }

    private Predicate<DeadLetterId> wanted(Parameters parameters) {
        String expression = parameters.text("index");
        if (expression == null) {
            return id -> exists(id.shard().index());
        }
        Set<IndexUuid> asked = IndexExpressions.resolve(catalog, expression, IndicesOptions.DEFAULT).stream()
                .map(CatalogIndex::uuid)
                .collect(Collectors.toSet());
        return id -> asked.contains(id.shard().index());
    }

    private boolean exists(IndexUuid uuid) {
        CatalogIndex index = catalog.view().find(uuid);
        return index != null && !index.deleted();
    }

    private static int bounded(Parameters parameters, String name, int otherwise, int most) {
        Long value = parameters.whole(name);
        if (value == null) {
            return otherwise;
        }
        if (value < 0 || value > most) {
            throw new ElpisException(
                    ErrorCode.ILLEGAL_ARGUMENT, "[" + name + "] must be 0 to " + most + " but was [" + value + "]");
        }
        return value.intValue();
    }

    private void print(JsonGenerator out, DeadLetter letter) {
        DeadLetterId id = DeadLetterId.of(letter);
        CatalogIndex index = catalog.view().find(id.shard().index());
        out.writeStartObject();
        out.writeStringProperty("id", id.text());
        if (index != null) {
            out.writeStringProperty("_index", index.name().value());
        }
        if (!letter.getId().isEmpty()) {
            out.writeStringProperty("_id", letter.getId());
        }
        out.writeObjectPropertyStart("_position");
        out.writeNumberProperty("shard", id.shard().shard());
        out.writeNumberProperty("generation", id.generation());
        out.writeNumberProperty("offset", id.offset());
        out.writeEndObject();
        if (letter.hasOpId()) {
            out.writeStringProperty("_op_id", new Ticket(operation(letter)).text());
        }
        if (letter.getWrittenAtMillis() > 0) {
            out.writeStringProperty(
                    "written_at",
                    Instant.ofEpochMilli(letter.getWrittenAtMillis()).toString());
        }
        out.writeNumberProperty("record_bytes", letter.getRecordBytes());
        out.writeObjectPropertyStart("error");
        out.writeStringProperty("type", letter.getErrorType());
        out.writeStringProperty("reason", letter.getReason());
        out.writeEndObject();
        out.writeEndObject();
    }

    private static OperationRef operation(DeadLetter letter) {
        return OperationRef.newBuilder()
                .setIndexUuid(letter.getIndexUuid())
                .setShard(letter.getShard())
                .setOpId(letter.getOpId())
                .setId(letter.getId())
                .setAt(letter.getPosition())
                .setExact(true)
                .build();
    }

    @PostMapping(PATH + "/{letter}/_replay")
    ResponseEntity<byte[]> replay(
            HttpServletRequest request, HttpServletResponse response, @PathVariable String letter) {
        Caller caller = Callers.of(request::getAttribute);
        if (!caller.may(Scopes.WRITE)) {
            throw new ElpisException(ErrorCode.FORBIDDEN, "a replay needs the scope [" + Scopes.WRITE + "] as well");
        }
        DeadLetterId id = DeadLetterId.parse(letter);
        CatalogIndex index = index(id);
        LogRecord record = record(id, index);
        ResponseEntity<byte[]> answer = replays.write(index, id.text(), record.getOperation(), request, response);
        audit.done(caller.subject(), "dead-letter-replay", id.text());
        return answer;
    }

    private CatalogIndex index(DeadLetterId id) {
        CatalogIndex index = catalog.view().find(id.shard().index());
        if (index == null
                || index.deleted()
                || id.shard().shard() >= index.logs().size()
                || index.logs().get(id.shard().shard()).generation() != id.generation()) {
            throw notFound(id, "its index or log is gone");
        }
        return index;
    }

    private LogRecord record(DeadLetterId id, CatalogIndex index) {
        byte[] bytes = records.read(index.logs().get(id.shard().shard()), id.offset(), READ_PATIENCE);
        if (bytes == null) {
            throw notFound(id, "the log does not hold its record");
        }
        try {
            LogRecord record = LogRecord.parseFrom(bytes);
            if (!record.hasOperation()
                    || !Arrays.equals(
                            record.getIndexUuid().toByteArray(), index.uuid().bytes())) {
                throw useless(id, "its record is no operation on this index");
            }
            return record;
        } catch (InvalidProtocolBufferException e) {
            throw useless(id, "its record cannot be read");
        }
    }

    @DeleteMapping(PATH + "/{letter}")
    ResponseEntity<byte[]> acknowledge(HttpServletRequest request, @PathVariable String letter) {
        Parameters.of(request, Set.of());
        DeadLetterId id = DeadLetterId.parse(letter);
        if (letters.read(id::equals).letters().isEmpty()) {
            throw notFound(id, "there is no such letter, or it was acknowledged before");
        }
        String subject = Callers.of(request::getAttribute).subject();
        letters.acknowledge(id, subject);
        audit.done(subject, "dead-letter-acknowledge", id.text());
        return Answers.acknowledged();
    }

    private static ElpisException notFound(DeadLetterId id, String why) {
        return new ElpisException(ErrorCode.RESOURCE_NOT_FOUND, "dead letter [" + id.text() + "] not found: " + why);
    }

    private static ElpisException useless(DeadLetterId id, String why) {
        return new ElpisException(
                ErrorCode.ILLEGAL_ARGUMENT, "dead letter [" + id.text() + "] cannot be replayed: " + why);
    }
}
