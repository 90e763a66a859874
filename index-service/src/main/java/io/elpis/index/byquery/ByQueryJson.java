package io.elpis.index.byquery;

import io.elpis.model.json.Json;
import io.elpis.protocol.task.ByQueryProgress;
import io.elpis.protocol.task.ByQueryRequest.Kind;
import io.elpis.protocol.task.DocumentFailure;
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
