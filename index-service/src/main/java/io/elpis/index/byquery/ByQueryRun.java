package io.elpis.index.byquery;

import io.elpis.index.ingest.NamedWrites.Order;
import io.elpis.index.task.TaskControl;
import io.elpis.index.task.TaskWork;
import io.elpis.model.error.ElpisException;
import io.elpis.protocol.scan.ScanResponse;
import io.elpis.protocol.scan.ScannedDocument;
import io.elpis.protocol.task.ByQueryProgress;
import io.elpis.protocol.task.ByQueryRequest;
import io.elpis.protocol.task.PlannedDocument;
import io.elpis.protocol.task.ShardProgress;
import io.elpis.protocol.task.SourceShard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One run of a task: from its saved progress to its end, or until another instance takes over. Open all points in time →
 * for each shard, for each batch: plan, save, write, account, save, wait. For one thread.
 */
final class ByQueryRun {
    private static final Duration KEEP_OPEN = Duration.ofSeconds(20);

    private final ByQueryRequest request;
    private final ByQueryProgress.Builder progress;
    private final TaskWork.Handle task;
    private final ShardReader reader;
    private final BatchWriter writer;
    private final Orders orders;
    private final Account account;
    private final Pace pace;
    private final Timer timer;
    private final Duration patience;
    private TaskControl control;
    private long keptOpen;

    ByQueryRun(
            ByQueryRequest request,
            ByQueryProgress.Builder progress,
            TaskWork.Handle task,
            ScanCalls scans,
            BatchWriter.Attempt writes,
            Timer timer,
            Duration patience) {
        this.request = request;
        this.progress = progress;
        this.task = task;
        this.reader = new ShardReader(scans, request);
        this.writer = new BatchWriter(writes, task::look, timer, patience);
        this.orders = new Orders(task.row().name(), request);
        this.account = new Account(progress, request.getProceed());
        this.pace = new Pace(timer, task::look, this::keepOpen);
        this.timer = timer;
        this.patience = patience;
        this.control = new TaskControl(task.row().cancelled(), task.row().requestsPerSecond());
        this.keptOpen = timer.nanoTime();
    }

    /**
     * @return how the task was told to end; its account is in the progress
     * @throws ElpisException when it cannot go on, unless it was cancelled; all that it wrote is accounted for
     */
    TaskControl run() throws InterruptedException {
        try {
            goOn();
        } catch (ElpisException e) {
            accountForWrites();
            control = task.look();
            if (!control.cancelled()) {
                throw e;
            }
        }
        return control;
    }

    /**
     * The batch that was under way when its instance was lost, when it cannot be gone on with: what was written counts, the
     * rest never will be.
     */
    private void accountForWrites() throws InterruptedException {
        for (int ordinal = 0; ordinal < progress.getShardsCount(); ordinal++) {
            ShardProgress.Builder shard = progress.getShardsBuilder(ordinal);
            List<PlannedDocument> plan = shard.getPlanList();
            if (plan.isEmpty()) {
                continue;
            }
            SourceShard source = request.getShards(ordinal);
            List<Order> questions =
                    plan.stream().map(each -> orders.question(source, each)).toList();
            BatchWriter.Written answers = writer.write(source, questions);
            for (int at = 0; at < plan.size(); at++) {
                account.countWritten(
                        answers.results().get(at),
                        target(source),
                        plan.get(at).getAt().getId());
            }
            shard.clearPlan();
        }
        save();
    }

    private void goOn() throws InterruptedException {
        if (!progress.getOpened()) {
            open();
        }
        for (int ordinal = 0; ordinal < progress.getShardsCount(); ordinal++) {
            ShardProgress.Builder shard = progress.getShardsBuilder(ordinal);
            while (!shard.getDone() && !control.cancelled() && !account.stopped()) {
                step(ordinal, shard);
            }
        }
    }

    /** Done anew by whoever takes over before it is saved. */
    private void open() throws InterruptedException {
        progress.clearShards().setTotal(0);
        long room = request.hasMaxDocs() ? request.getMaxDocs() : Long.MAX_VALUE;
        for (int ordinal = 0; ordinal < request.getShardsCount(); ordinal++) {
            ShardProgress.Builder shard = progress.addShardsBuilder();
            ScanResponse opened = read(ordinal, shard, 0);
            long quota = Math.min(room, opened.getTotal());
            room -= quota;
            shard.setPoint(opened.getPoint()).setQuota(quota).setDone(quota == 0);
            progress.setTotal(progress.getTotal() + quota);
        }
        progress.setOpened(true);
        save();
    }

    private void step(int ordinal, ShardProgress.Builder shard) throws InterruptedException {
        keepOpen();
        long began = timer.nanoTime();
        int documents = shard.getPlanCount() > 0 ? again(ordinal, shard) : next(ordinal, shard);
        save();
        if (!shard.getDone() && !account.stopped() && documents > 0) {
            Pace.Waited waited = pace.after(documents, began, control);
            control = waited.control();
            progress.setThrottledMillis(
                    progress.getThrottledMillis() + waited.time().toMillis());
        }
    }

    /** The next batch. */
    private int next(int ordinal, ShardProgress.Builder shard) throws InterruptedException {
        int most = (int) Math.min(request.getBatchSize(), shard.getQuota() - shard.getSeen());
        List<ScannedDocument> documents = read(ordinal, shard, most).getDocumentsList();
        if (documents.isEmpty()) {
            SourceShard source = request.getShards(ordinal);
            account.changed(shard.getQuota() - shard.getSeen(), source.getIndex(), source.getShard());
            shard.setSeen(shard.getQuota()).setDone(true);
            return 0;
        }
        for (ScannedDocument each : documents) {
            shard.addPlan(PlannedDocument.newBuilder()
                    .setAt(each.getAt())
                    .setRouting(each.getRouting())
                    .setSeqNo(each.getSeqNo()));
        }
        save();
        if (control.cancelled()) {
            shard.clearPlan();
            return 0;
        }
        return settle(ordinal, shard, documents);
    }

    /**
     * The batch that was under way when its instance was lost. Of its documents, those that are still as they were are
     * written, maybe once more; of the others it is asked what became of the write.
     */
    private int again(int ordinal, ShardProgress.Builder shard) throws InterruptedException {
        return settle(ordinal, shard, read(ordinal, shard, shard.getPlanCount()).getDocumentsList());
    }

    private int settle(int ordinal, ShardProgress.Builder shard, List<ScannedDocument> present)
            throws InterruptedException {
        SourceShard source = request.getShards(ordinal);
        Map<String, ScannedDocument> byId = new HashMap<>(present.size() * 2);
        present.forEach(document -> byId.put(document.getAt().getId(), document));
        List<PlannedDocument> plan = shard.getPlanList();
        List<Order> batch = new ArrayList<>(plan.size());
        for (PlannedDocument planned : plan) {
            ScannedDocument document = byId.get(planned.getAt().getId());
            batch.add(
                    document != null && document.getSeqNo() == planned.getSeqNo()
                            ? orders.of(source, document)
                            : orders.question(source, planned));
        }
        BatchWriter.Written written = writer.write(source, batch);
        String target = target(source);
        for (int at = 0; at < plan.size(); at++) {
            account.count(
                    written.results().get(at), target, plan.get(at).getAt().getId());
        }
        int settled = plan.size();
        shard.setSeen(shard.getSeen() + settled)
                .setCursor(plan.getLast().getAt())
                .clearPlan();
        shard.setDone(shard.getSeen() >= shard.getQuota());
        progress.setBatches(progress.getBatches() + 1).setBulkRetries(progress.getBulkRetries() + written.retries());
        return settled;
    }

    private String target(SourceShard source) {
        return request.hasDestination() ? request.getDestination().getIndex() : source.getIndex();
    }

    private ScanResponse read(int ordinal, ShardProgress.Builder shard, int limit) throws InterruptedException {
        Backoff backoff = new Backoff(timer, patience);
        while (true) {
            try {
                return reader.read(ordinal, shard, limit);
            } catch (ElpisException e) {
                if (ShardReader.isFinal(e) || backoff.exhausted() || task.look().cancelled()) {
                    throw e;
                }
                progress.setSearchRetries(progress.getSearchRetries() + 1);
                backoff.pause();
            }
        }
    }

    /** The points in time of shards whose turn has not come would end otherwise. */
    private void keepOpen() throws InterruptedException {
        if (timer.nanoTime() - keptOpen < KEEP_OPEN.toNanos()) {
            return;
        }
        keptOpen = timer.nanoTime();
        for (int ordinal = 0; ordinal < progress.getShardsCount(); ordinal++) {
            ShardProgress.Builder shard = progress.getShardsBuilder(ordinal);
            if (!shard.getDone() && shard.getLease() != 0) {
                reader.keepOpen(ordinal, shard);
            }
        }
    }

    private void save() {
        control = task.save(progress.build().toByteArray());
    }
}
