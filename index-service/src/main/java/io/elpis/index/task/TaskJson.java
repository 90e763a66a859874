package io.elpis.index.task;

import io.elpis.model.body.JsonBody;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** Prints tasks as OpenSearch does. */
final class TaskJson {
    private final TaskWork work;

    TaskJson(TaskWork work) {
        this.work = work;
    }

    /** {@code "nodes":{…}} with the tasks by the instance they are named after. */
    void byNode(JsonGenerator out, List<TaskRow> tasks, boolean detailed) {
        Map<String, List<TaskRow>> nodes = new LinkedHashMap<>();
        tasks.forEach(task ->
                nodes.computeIfAbsent(task.origin(), _ -> new ArrayList<>()).add(task));
        out.writeObjectPropertyStart("nodes");
        nodes.forEach((node, its) -> {
            out.writeObjectPropertyStart(node);
            out.writeStringProperty("name", node);
            flat(out, its, detailed);
            out.writeEndObject();
        });
        out.writeEndObject();
    }

    /** {@code "tasks":{…}}. */
    void flat(JsonGenerator out, List<TaskRow> tasks, boolean detailed) {
        out.writeObjectPropertyStart("tasks");
        for (TaskRow task : tasks) {
            out.writeObjectPropertyStart(task.name());
            members(out, task, detailed);
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    /** The answer for one task. */
    void one(JsonGenerator out, TaskRow task) {
        out.writeBooleanProperty("completed", task.finished());
        out.writeObjectPropertyStart("task");
        members(out, task, true);
        out.writeEndObject();
        TaskAnswer answer = task.answer();
        if (answer != null) {
            String body = new String(answer.body(), StandardCharsets.UTF_8);
            if (answer.failed()) {
                out.writeName("error");
                out.writeRawValue(error(body));
            } else {
                out.writeName("response");
                out.writeRawValue(body);
            }
        }
    }

    private static String error(String body) {
        return JsonBody.object(body.getBytes(StandardCharsets.UTF_8))
                .path("error")
                .toString();
    }

    private void members(JsonGenerator out, TaskRow task, boolean detailed) {
        out.writeStringProperty("node", task.origin());
        out.writeNumberProperty("id", task.number());
        out.writeStringProperty("type", "transport");
        out.writeStringProperty("action", task.action());
        if (detailed) {
            out.writeObjectPropertyStart("status");
            work.status(out, task);
            out.writeEndObject();
            out.writeStringProperty("description", task.description());
        }
        out.writeNumberProperty("start_time_in_millis", task.startedAtMillis());
        out.writeNumberProperty("running_time_in_nanos", task.runningTime().toNanos());
        out.writeBooleanProperty("cancellable", true);
        out.writeBooleanProperty("cancelled", task.cancelled());
        out.writeStringProperty("runner", task.runner());
    }
}
