package io.elpis.index.task;

import io.elpis.index.http.Answers;
import io.elpis.index.http.Parameters;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.search.Wildcard;
import io.elpis.support.access.Callers;
import io.elpis.support.audit.Audit;
import io.elpis.support.identity.Caller;
import io.elpis.support.identity.Scopes;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Callers see and end their own tasks; others' they see with {@code monitor} and end with {@code manage}. */
@RestController
final class TaskEndpoint {
    private static final Set<String> LISTING =
            Set.of("actions", "detailed", "group_by", "nodes", "parent_task_id", "timeout", "wait_for_completion");
    private static final Set<String> WAITING = Set.of("wait_for_completion", "timeout");
    private static final Set<String> RATE = Set.of("requests_per_second");

    private final Tasks tasks;
    private final TaskJson json;
    private final Duration wait;
    private final Audit audit = new Audit();

    /** @param wait the longest that an answer may take */
    TaskEndpoint(Tasks tasks, TaskJson json, Duration wait) {
        this.tasks = tasks;
        this.json = json;
        this.wait = wait;
    }

    @GetMapping("/_tasks")
    ResponseEntity<byte[]> list(HttpServletRequest request) {
        Parameters parameters = Parameters.of(request, LISTING);
        Caller caller = Callers.of(request::getAttribute);
        List<String> actions = parameters.list("actions");
        List<String> nodes = parameters.list("nodes");
        List<TaskRow> shown = tasks.running().stream()
                .filter(task -> may(caller, task, Scopes.MONITOR))
                .filter(task -> matches(actions, task.action()) && matches(nodes, task.origin()))
                .toList();
        boolean detailed = parameters.flag("detailed", false);
        String grouping = parameters.text("group_by");
        return Answers.object(200, out -> {
            if (grouping == null || grouping.equals("nodes")) {
                json.byNode(out, shown, detailed);
            } else {
                json.flat(out, shown, detailed);
            }
        });
    }

    private static boolean matches(List<String> patterns, String text) {
        return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> Wildcard.matches(pattern, text));
    }

    @GetMapping("/_tasks/{task}")
    ResponseEntity<byte[]> get(HttpServletRequest request, @PathVariable String task) throws InterruptedException {
        Parameters parameters = Parameters.of(request, WAITING);
        TaskRow row = visible(request, task, Scopes.MONITOR);
        if (parameters.flag("wait_for_completion", false)) {
            Duration patience = parameters.patience("timeout", wait);
            row = tasks.await(row.number(), patience.compareTo(wait) > 0 ? wait : patience);
            if (!row.finished()) {
                throw new ElpisException(ErrorCode.TIMED_OUT, "Timed out waiting for completion of [" + task + "]");
            }
        }
        TaskRow shown = row;
        return Answers.object(200, out -> json.one(out, shown));
    }

    @PostMapping("/_tasks/{task}/_cancel")
    ResponseEntity<byte[]> cancel(HttpServletRequest request, @PathVariable String task) {
        Parameters.of(request, Set.of("wait_for_completion"));
        TaskRow row = visible(request, task, Scopes.MANAGE);
        if (!tasks.cancel(row.number())) {
            throw noSuch(task);
        }
        audit.done(Callers.of(request::getAttribute).subject(), "cancel-task", row.name());
        return changed(row.number());
    }

    @PostMapping({
        "/_delete_by_query/{task}/_rethrottle",
        "/_update_by_query/{task}/_rethrottle",
        "/_reindex/{task}/_rethrottle"
    })
    ResponseEntity<byte[]> rethrottle(HttpServletRequest request, @PathVariable String task) {
        Parameters parameters = Parameters.of(request, RATE);
        if (!parameters.has("requests_per_second")) {
            throw new ElpisException(ErrorCode.ILLEGAL_ARGUMENT, "requests_per_second is a required parameter");
        }
        TaskRow row = visible(request, task, Scopes.MANAGE);
        if (!tasks.rethrottle(row.number(), RequestRate.of(parameters))) {
            throw noSuch(task);
        }
        return changed(row.number());
    }

    private ResponseEntity<byte[]> changed(long number) {
        List<TaskRow> shown = tasks.find(number).stream().toList();
        return Answers.object(200, out -> json.byNode(out, shown, true));
    }

    /** Another's task that may not be seen is not there. */
    private TaskRow visible(HttpServletRequest request, String task, String scope) {
        Caller caller = Callers.of(request::getAttribute);
        return tasks.find(number(task))
                .filter(row -> row.name().equals(task) && may(caller, row, scope))
                .orElseThrow(() -> noSuch(task));
    }

    private static boolean may(Caller caller, TaskRow task, String scope) {
        return task.owner().equals(caller.subject()) || caller.may(scope);
    }

    private static long number(String task) {
        int colon = task.lastIndexOf(':');
        try {
            if (colon > 0) {
                return Long.parseLong(task.substring(colon + 1));
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new ElpisException(ErrorCode.ILLEGAL_ARGUMENT, "malformed task id " + task);
    }

    private static ElpisException noSuch(String task) {
        return new ElpisException(
                ErrorCode.RESOURCE_NOT_FOUND, "task [" + task + "] isn't running and hasn't stored its results");
    }
}
