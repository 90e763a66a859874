package io.elpis.index.byquery;

import io.elpis.index.http.Answers;
import io.elpis.index.http.Bodies;
import io.elpis.index.http.Parameters;
import io.elpis.index.task.RequestRate;
import io.elpis.index.task.TaskAnswer;
import io.elpis.index.task.TaskRow;
import io.elpis.index.task.TaskWork;
import io.elpis.index.task.Tasks;
import io.elpis.protocol.session.SessionToken;
import io.elpis.protocol.task.ByQueryRequest;
import io.elpis.protocol.task.ByQueryRequest.Kind;
import io.elpis.support.access.AccessRules;
import io.elpis.support.access.Callers;
import io.elpis.support.access.Requirement;
import io.elpis.support.identity.Caller;
import io.elpis.support.identity.Scopes;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Starts tasks by query, and answers for those that end while their caller waits. A caller needs {@code read} beside the
 * {@code write} that the path asks for.
 */
@RestController
final class ByQueryEndpoint {
    private static final int LARGEST_BODY = 10 << 20;

    private static final Set<String> REINDEX = Set.of(
            "max_docs",
            "refresh",
            "requests_per_second",
            "scroll",
            "scroll_size",
            "slices",
            "timeout",
            "wait_for_active_shards",
            "wait_for_completion");
    private static final Set<String> BY_QUERY = plus(
            REINDEX,
            "allow_no_indices",
            "conflicts",
            "default_operator",
            "df",
            "expand_wildcards",
            "ignore_unavailable",
            "preference",
            "q",
            "request_cache",
            "routing",
            "search_type");

    private final ByQueryRequests requests;
    private final Tasks tasks;
    private final TaskWork work;
    private final Duration wait;

    /** @param wait the longest that an answer may take */
    ByQueryEndpoint(ByQueryRequests requests, Tasks tasks, TaskWork work, Duration wait) {
        this.requests = requests;
        this.tasks = tasks;
        this.work = work;
        this.wait = wait;
    }

    private static Set<String> plus(Set<String> some, String... more) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(Set.of(more));
        return Set.copyOf(all);
    }

    @PostMapping("/{index}/_delete_by_query")
    ResponseEntity<byte[]> delete(HttpServletRequest request, @PathVariable String index)
            throws IOException, InterruptedException {
        Parameters parameters = Parameters.of(request, BY_QUERY);
        mayRead(request);
        ByQueryRequest wanted = requests.byQuery(Kind.DELETE, index, parameters, body(request));
        return answer(
                request,
                parameters,
                wanted,
                "indices:data/write/delete/byquery",
                "delete-by-query [" + names(wanted) + "]");
    }

    @PostMapping("/{index}/_update_by_query")
    ResponseEntity<byte[]> update(HttpServletRequest request, @PathVariable String index)
            throws IOException, InterruptedException {
        Parameters parameters = Parameters.of(request, BY_QUERY);
        mayRead(request);
        ByQueryRequest wanted = requests.byQuery(Kind.UPDATE, index, parameters, body(request));
        return answer(
                request,
                parameters,
                wanted,
                "indices:data/write/update/byquery",
                "update-by-query [" + names(wanted) + "]");
    }

    @PostMapping("/_reindex")
    ResponseEntity<byte[]> reindex(HttpServletRequest request) throws IOException, InterruptedException {
        Parameters parameters = Parameters.of(request, REINDEX);
        mayRead(request);
        ByQueryRequest wanted = requests.reindex(parameters, body(request));
        String description = "reindex from [" + names(wanted) + "] to ["
                + wanted.getDestination().getIndex() + "]";
        return answer(request, parameters, wanted, "indices:data/write/reindex", description);
    }

    private static void mayRead(HttpServletRequest request) {
        AccessRules.check(new Requirement.Scope(Scopes.READ), Callers.of(request::getAttribute));
    }

    private static byte[] body(HttpServletRequest request) throws IOException {
        return Bodies.read(request, LARGEST_BODY);
    }

    private static String names(ByQueryRequest wanted) {
        return wanted.getShardsList().stream()
                .map(shard -> shard.getIndex())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private ResponseEntity<byte[]> answer(
            HttpServletRequest request, Parameters parameters, ByQueryRequest wanted, String action, String description)
            throws InterruptedException {
        Caller caller = Callers.of(request::getAttribute);
        SessionToken session = SessionToken.ofHeaders(Collections.list(request.getHeaders(SessionToken.HEADER)));
        Tasks.Started started =
                tasks.start(action, description, caller.subject(), wanted.toByteArray(), RequestRate.of(parameters));
        if (!parameters.flag("wait_for_completion", true)) {
            return Answers.object(200, out -> out.writeStringProperty("task", started.name()));
        }
        TaskRow row = tasks.await(started, wait).orElse(null);
        TaskAnswer answer = row == null ? null : row.answer();
        ResponseEntity<byte[]> told =
                answer == null ? stillRunning(started, row) : Answers.json(answer.status(), answer.body());
        return row == null ? told : inSession(session.with(ByQueryWork.session(row)), told);
    }

    private static ResponseEntity<byte[]> inSession(SessionToken session, ResponseEntity<byte[]> told) {
        return ResponseEntity.status(told.getStatusCode())
                .headers(told.getHeaders())
                .header(SessionToken.HEADER, session.text())
                .body(told.getBody());
    }

    /** Whoever asked would not get a later answer through the gateway: told how far it is, and by which name to ask. */
    private ResponseEntity<byte[]> stillRunning(Tasks.Started started, @Nullable TaskRow row) {
        return Answers.object(202, out -> {
            out.writeStringProperty("task", started.name());
            out.writeBooleanProperty("timed_out", true);
            if (row != null) {
                out.writeNumberProperty("took", row.runningTime().toMillis());
                work.status(out, row);
            }
            out.writeArrayPropertyStart("failures");
            out.writeEndArray();
        });
    }
}
