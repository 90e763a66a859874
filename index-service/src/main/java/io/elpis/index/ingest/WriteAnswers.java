package io.elpis.index.ingest;

import io.elpis.index.http.Answers;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.json.Json;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.record.Outcome;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Prints what became of writes as OpenSearch does. One for each request: looks at copies once a shard. */
final class WriteAnswers {
    private final CopyProgress copies;
    private final boolean forcedRefresh;
    private final Map<ShardId, long[]> nextOffsets = new HashMap<>();

    /** @param forcedRefresh what was written is visible to searches because of a refresh made for it */
    WriteAnswers(CopyProgress copies, boolean forcedRefresh) {
        this.copies = copies;
        this.forcedRefresh = forcedRefresh;
    }

    static int status(WriteResult result) {
        return switch (result) {
            case WriteResult.Undecided _ -> 202;
            case WriteResult.Refused(ElpisException reason) -> reason.code().httpStatus();
            case WriteResult.Applied(Outcome outcome, var _) ->
                switch (outcome.getResult()) {
                    case CREATED -> 201;
                    case UPDATED, DELETED, NOOP -> 200;
                    case NOT_FOUND, MISSING -> 404;
                    case CONFLICT -> 409;
                    case REJECTED -> rejection(outcome).httpStatus();
                    case RESULT_UNSPECIFIED, UNRECOGNIZED -> 500;
                };
        };
    }

    static @Nullable ElpisException failure(Write write) {
        return write.result() instanceof WriteResult.Refused(ElpisException reason) ? reason : failure(write.told());
    }

    /** The failure a write ended with; null when it did not. */
    static @Nullable ElpisException failure(ToldWrite write) {
        return switch (write.result()) {
            case WriteResult.Undecided _ -> null;
            case WriteResult.Refused(ElpisException reason) -> reason;
            case WriteResult.Applied(Outcome outcome, var _) -> failure(outcome, write);
        };
    }

    private static @Nullable ElpisException failure(Outcome outcome, ToldWrite write) {
        return switch (outcome.getResult()) {
            case CREATED, UPDATED, DELETED, NOOP, NOT_FOUND -> null;
            case CONFLICT -> failed(ErrorCode.VERSION_CONFLICT, outcome, write);
            case MISSING -> failed(ErrorCode.DOCUMENT_MISSING, outcome, write);
            case REJECTED -> failed(rejection(outcome), outcome, write);
            case RESULT_UNSPECIFIED, UNRECOGNIZED ->
                new ElpisException(ErrorCode.INTERNAL, "a copy answered with an outcome that is not known");
        };
    }

    private static ErrorCode rejection(Outcome outcome) {
        for (ErrorCode code : ErrorCode.values()) {
            if (code.type().equals(outcome.getErrorType()) && code.isCallersFault()) {
                return code;
            }
        }
        return ErrorCode.ILLEGAL_ARGUMENT;
    }

    private static ElpisException failed(ErrorCode code, Outcome outcome, ToldWrite write) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("index", write.index().name().value());
        details.put("shard", Integer.toString(write.shard()));
        details.put("index_uuid", write.index().uuid().text());
        return new ElpisException(code, outcome.getReason(), details);
    }

    void members(JsonGenerator out, Write write) {
        members(out, write.told());
    }

    /** The members of an answer to one write that did not fail. */
    void members(JsonGenerator out, ToldWrite write) {
        out.writeStringProperty("_index", write.name());
        out.writeStringProperty("_id", write.id());
        switch (write.result()) {
            case WriteResult.Applied(Outcome outcome, long offset) -> applied(out, write, outcome, offset);
            case WriteResult.Undecided(long offset) -> undecided(out, write, offset);
            case WriteResult.Refused _ -> {}
        }
    }

    private void applied(JsonGenerator out, ToldWrite write, Outcome outcome, long offset) {
        out.writeNumberProperty("_version", outcome.getVersion());
        out.writeStringProperty("result", outcome.getResult().name().toLowerCase(Locale.ROOT));
        if (outcome.getResult() == Outcome.Result.NOOP) {
            Answers.shards(out, 0, 0, 0);
        } else {
            written(out, write, offset);
        }
        out.writeNumberProperty("_seq_no", outcome.getSeqNo());
        out.writeNumberProperty("_primary_term", outcome.getPrimaryTerm());
    }

    private void written(JsonGenerator out, ToldWrite write, long offset) {
        if (forcedRefresh) {
            out.writeBooleanProperty("forced_refresh", true);
        }
        int total = write.index().settings().copiesPerShard();
        Answers.shards(out, total, Math.clamp(applied(write, offset), 1, total), 0);
    }

    /** Copies known to have applied the record; the one that told the outcome has, whatever the others last said. */
    private int applied(ToldWrite write, long offset) {
        long[] next = nextOffsets.computeIfAbsent(
                write.shardId(),
                shard -> copies.nextOffsets(shard, write.partition().generation()));
        int applied = 0;
        for (long each : next) {
            applied += each > offset ? 1 : 0;
        }
        return applied;
    }

    private static void undecided(JsonGenerator out, ToldWrite write, long offset) {
        out.writeStringProperty("result", "undecided");
        out.writeStringProperty("_op_id", write.ticket(offset).text());
        if (offset >= 0) {
            out.writeObjectPropertyStart("_position");
            out.writeNumberProperty("shard", write.shard());
            out.writeNumberProperty("generation", write.partition().generation());
            out.writeNumberProperty("offset", offset);
            out.writeEndObject();
        }
    }

    /** A bulk item's {@code "error":{…}}. */
    static void error(JsonGenerator out, ElpisException failure) {
        out.writeObjectPropertyStart("error");
        out.writeStringProperty("type", failure.code().type());
        out.writeStringProperty("reason", failure.reason());
        failure.details().forEach((name, value) -> {
            out.writeName(name);
            Json.writeValue(out, value);
        });
        out.writeEndObject();
    }
}
