package io.elpis.index.byquery;

import io.elpis.index.task.TaskRow;
import io.elpis.model.error.ElpisException;
import io.elpis.model.json.Json;
import io.elpis.protocol.task.ByQueryProgress;
import io.elpis.protocol.task.ByQueryProgressOrBuilder;
import io.elpis.protocol.task.ByQueryRequest.Kind;
import io.elpis.protocol.task.DocumentFailure;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** Prints a task's account as OpenSearch does. */
final class ByQueryJson {
    private ByQueryJson() {}

    /** @param requestsPerSecond as callers wanted it last */
    static byte[] response(
            Kind kind, ByQueryProgress progress, float requestsPerSecond, boolean cancelled, long tookMillis) {
        return Json.write(out -> {
            out.writeStartObject();
            out.writeNumberProperty("took", tookMillis);
            out.writeBooleanProperty("timed_out", false);
            counts(out, kind, progress, requestsPerSecond);
            if (cancelled) {
                out.writeStringProperty("canceled", "by user request");
            }
            out.writeArrayPropertyStart("failures");
            progress.getFailuresList().forEach(failure -> failure(out, failure));
            out.writeEndArray();
            if (progress.getFailed() > progress.getFailuresCount()) {
                out.writeNumberProperty("failures_total", progress.getFailed());
            }
            out.writeEndObject();
        });
    }

    static void counts(JsonGenerator out, Kind kind, ByQueryProgress progress, float requestsPerSecond) {
        out.writeNumberProperty("total", progress.getTotal());
        if (kind != Kind.DELETE) {
            out.writeNumberProperty("updated", progress.getUpdated());
        }
        if (kind == Kind.REINDEX) {
            out.writeNumberProperty("created", progress.getCreated());
        }
        out.writeNumberProperty("deleted", progress.getDeleted());
        out.writeNumberProperty("batches", progress.getBatches());
        out.writeNumberProperty("version_conflicts", progress.getVersionConflicts());
        out.writeNumberProperty("noops", progress.getNoops());
        out.writeObjectPropertyStart("retries");
        out.writeNumberProperty("bulk", progress.getBulkRetries());
        out.writeNumberProperty("search", progress.getSearchRetries());
        out.writeEndObject();
        out.writeNumberProperty("throttled_millis", progress.getThrottledMillis());
        out.writeNumberProperty("requests_per_second", requestsPerSecond);
        out.writeNumberProperty("throttled_until_millis", 0);
    }

    /** The failure that ended a task early, with what it had done until then. */
    static ElpisException withAccount(
            ElpisException failure, TaskRow task, Kind kind, ByQueryProgressOrBuilder progress) {
        Map<String, Object> account = new LinkedHashMap<>();
        account.put("total", progress.getTotal());
        if (kind != Kind.DELETE) {
            account.put("updated", progress.getUpdated());
        }
        if (kind == Kind.REINDEX) {
            account.put("created", progress.getCreated());
        }
        account.put("deleted", progress.getDeleted());
        account.put("version_conflicts", progress.getVersionConflicts());
        account.put("noops", progress.getNoops());
        account.put("failed", progress.getFailed());
        Map<String, Object> details = new HashMap<>(failure.details());
        details.put("task", task.name());
        details.put("account", account);
        return new ElpisException(failure.code(), failure.reason(), details, failure);
    }

    private static void failure(JsonGenerator out, DocumentFailure failure) {
        out.writeStartObject();
        out.writeStringProperty("index", failure.getIndex());
        if (!failure.getId().isEmpty()) {
            out.writeStringProperty("id", failure.getId());
        }
        out.writeObjectPropertyStart("cause");
        out.writeStringProperty("type", failure.getType());
        out.writeStringProperty("reason", failure.getReason());
        out.writeEndObject();
        out.writeNumberProperty("status", failure.getStatus());
        out.writeEndObject();
    }
}
