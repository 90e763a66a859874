package io.elpis.index.byquery;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.elpis.index.catalog.Catalog;
import io.elpis.index.catalog.CatalogIndex;
import io.elpis.index.ingest.NamedWrites;
import io.elpis.index.refresh.Refresher;
import io.elpis.index.task.TaskAnswer;
import io.elpis.index.task.TaskControl;
import io.elpis.index.task.TaskRow;
import io.elpis.index.task.TaskWork;
import io.elpis.model.error.ElpisException;
import io.elpis.model.schema.IndexUuid;
import io.elpis.protocol.session.SessionToken;
import io.elpis.protocol.task.ByQueryProgress;
import io.elpis.protocol.task.ByQueryRequest;
import io.elpis.protocol.task.Destination;
import io.elpis.protocol.task.DocumentFailure;
import io.elpis.protocol.task.SourceShard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** Runs tasks by query with all that the service has, and tells how they stand. */
final class ByQueryWork implements TaskWork {
    private static final Duration REFRESH = Duration.ofSeconds(30);

    private final ScanCalls scans;
    private final NamedWrites writes;
    private final Catalog catalog;
    private final Refresher refresher;
    private final Duration patience;

    ByQueryWork(ScanCalls scans, NamedWrites writes, Catalog catalog, Refresher refresher, Duration patience) {
        this.scans = scans;
        this.writes = writes;
        this.catalog = catalog;
        this.refresher = refresher;
        this.patience = patience;
    }

    @Override
    public TaskAnswer run(Handle task) throws InterruptedException {
        long began = System.nanoTime();
        ByQueryRequest request = request(task.row());
        ByQueryProgress.Builder progress = progress(task.row()).toBuilder();
        TaskControl control;
        try {
            control = new ByQueryRun(request, progress, task, scans, writes(request, progress), Timer.SYSTEM, patience)
                    .run();
        } catch (ElpisException e) {
            throw progress.getOpened() ? ByQueryJson.withAccount(e, task.row(), request.getKind(), progress) : e;
        }
        if (request.getRefresh()) {
            refresh(request);
        }
        Duration took = task.row().runningTime().plusNanos(System.nanoTime() - began);
        int status = progress.getFailuresList().stream()
                .mapToInt(DocumentFailure::getStatus)
                .max()
                .orElse(200);
        return new TaskAnswer(
                status,
                false,
                ByQueryJson.response(
                        request.getKind(),
                        progress.build(),
                        control.requestsPerSecond(),
                        control.cancelled(),
                        took.toMillis()));
    }

    private BatchWriter.Attempt writes(ByQueryRequest request, ByQueryProgress.Builder progress) {
        Duration timeout = Duration.ofMillis(request.getTimeoutMillis());
        Destination destination = request.getDestination();
        return (source, orders) -> {
            NamedWrites.Written written = request.hasDestination()
                    ? writes.write(destination.getIndex(), uuid(destination.getIndexUuid()), orders, timeout)
                    : writes.write(source.getIndex(), uuid(source.getIndexUuid()), orders, timeout);
            SessionToken before = SessionToken.parse(progress.getSession());
            progress.setSession(before.with(written.seen()).text());
            return written.results();
        };
    }

    /** What a session has seen that knows what the task has written. */
    static SessionToken session(TaskRow row) {
        return SessionToken.parse(progress(row).getSession());
    }

    private static IndexUuid uuid(ByteString bytes) {
        return IndexUuid.ofBytes(bytes.toByteArray());
    }

    private void refresh(ByQueryRequest request) {
        Set<String> indices = new LinkedHashSet<>();
        if (request.hasDestination()) {
            indices.add(request.getDestination().getIndex());
        } else {
            request.getShardsList().stream().map(SourceShard::getIndex).forEach(indices::add);
        }
        List<Refresher.Target> targets = new ArrayList<>();
        for (String name : indices) {
            catalog.find(name).ifPresent(index -> targets.addAll(everything(index)));
        }
        refresher.refresh(targets, Refresher.How.NOW, REFRESH);
    }

    private static List<Refresher.Target> everything(CatalogIndex index) {
        List<Refresher.Target> targets = new ArrayList<>();
        for (int shard = 0; shard < index.logs().size(); shard++) {
            targets.add(Refresher.Target.everything(
                    index.metadata().shard(shard), index.logs().get(shard).generation()));
        }
        return targets;
    }

    @Override
    public void status(JsonGenerator out, TaskRow row) {
        ByQueryJson.counts(out, request(row).getKind(), progress(row), row.requestsPerSecond());
    }

    private static ByQueryRequest request(TaskRow row) {
        try {
            return ByQueryRequest.parseFrom(row.request());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("unreadable request of task " + row.name(), e);
        }
    }

    private static ByQueryProgress progress(TaskRow row) {
        try {
            return ByQueryProgress.parseFrom(row.progress());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("unreadable progress of task " + row.name(), e);
        }
    }
}
