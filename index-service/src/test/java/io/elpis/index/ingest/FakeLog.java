package io.elpis.index.ingest;

import com.google.protobuf.InvalidProtocolBufferException;
import io.elpis.index.log.LogPartition;
import io.elpis.index.log.RecordLog;
import io.elpis.index.outcome.OutcomeFeed;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.record.DocumentOperation;
import io.elpis.protocol.record.LogRecord;
import io.elpis.protocol.record.Outcome;
import io.elpis.protocol.record.UpdateAction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A log in memory and one copy of every shard, which applies at once, or when told to. */
final class FakeLog implements RecordLog, OutcomeFeed {
    enum Mood {
        WELL,
        REFUSING,
        SILENT
    }

    final Map<Integer, List<LogRecord>> partitions = new HashMap<>();
    private final Map<String, Long> versions = new HashMap<>();
    private final Map<Integer, List<Outcome>> outcomes = new HashMap<>();
    private final Map<Integer, Listener> followers = new HashMap<>();
    Mood mood = Mood.WELL;
    boolean copies = true;
    int appends;

    /** Operations from this one on are refused. */
    int room = Integer.MAX_VALUE;

    Runnable onAppend = () -> {};

    @Override
    public synchronized void append(LogPartition to, byte[] key, LogRecord sent, Confirmation confirmed) {
        onAppend.run();
        LogRecord record = read(sent.toByteArray());
        if (record.hasOperation() && ++appends > room) {
            confirmed.refused(new ElpisException(ErrorCode.LOG_UNAVAILABLE, "refused"));
            return;
        }
        switch (mood) {
            case REFUSING -> confirmed.refused(new ElpisException(ErrorCode.LOG_UNAVAILABLE, "refused"));
            case SILENT -> {}
            case WELL -> {
                List<LogRecord> log = partitions.computeIfAbsent(to.partition(), _ -> new ArrayList<>());
                log.add(record);
                long offset = log.size() - 1;
                Outcome outcome = record.hasOperation() ? apply(record.getOperation()) : Outcome.getDefaultInstance();
                outcomes.computeIfAbsent(to.partition(), _ -> new ArrayList<>()).add(outcome);
                Listener follower = followers.get(to.partition());
                if (follower != null && record.hasOperation() && copies) {
                    // A copy may well be faster than the log's confirmation.
                    follower.outcome(offset, outcome);
                }
                confirmed.stored(offset);
            }
        }
    }

    private static LogRecord read(byte[] bytes) {
        try {
            return LogRecord.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private Outcome apply(DocumentOperation operation) {
        @Nullable Long version = versions.get(operation.getId());
        Outcome.Builder outcome = Outcome.newBuilder().setPrimaryTerm(1).setSeqNo(versions.size());
        if (operation.hasDelete()) {
            versions.remove(operation.getId());
            return outcome.setResult(version == null ? Outcome.Result.NOT_FOUND : Outcome.Result.DELETED)
                    .setVersion(version == null ? 1 : version + 1)
                    .build();
        }
        if (operation.getCondition().getAbsent() && version != null) {
            return outcome.setResult(Outcome.Result.CONFLICT)
                    .setReason("[" + operation.getId() + "]: version conflict, document already exists")
                    .build();
        }
        if (operation.getCondition().hasSeqNo()) {
            return outcome.setResult(Outcome.Result.CONFLICT)
                    .setReason("[" + operation.getId() + "]: version conflict, required seqNo")
                    .build();
        }
        if (operation.hasUpdate() && version == null && !upserts(operation.getUpdate())) {
            return outcome.setResult(Outcome.Result.MISSING)
                    .setReason("[" + operation.getId() + "]: document missing")
                    .build();
        }
        if (operation.hasUpdate() && version != null && changesNothing(operation.getUpdate())) {
            return outcome.setResult(Outcome.Result.NOOP).setVersion(version).build();
        }
        long next = version == null ? 1 : version + 1;
        versions.put(operation.getId(), next);
        return outcome.setResult(version == null ? Outcome.Result.CREATED : Outcome.Result.UPDATED)
                .setVersion(next)
                .build();
    }

    private static boolean upserts(UpdateAction update) {
        return update.getDocAsUpsert() || !update.getUpsert().isEmpty();
    }

    private static boolean changesNothing(UpdateAction update) {
        return update.getDetectNoop() && update.getDoc().toStringUtf8().equals("{}");
    }

    @Override
    public void checkAvailable() {}

    @Override
    public synchronized Optional<Following> follow(
            ShardId shard, long generation, long fromOffset, String except, Listener listener) {
        if (!copies) {
            return Optional.empty();
        }
        followers.put(shard.shard(), listener);
        List<Outcome> known = outcomes.getOrDefault(shard.shard(), List.of());
        for (int offset = (int) fromOffset; offset < known.size(); offset++) {
            listener.outcome(offset, known.get(offset));
        }
        return Optional.of(new Following() {
            @Override
            public String node() {
                return "query-1";
            }

            @Override
            public void cancel() {}
        });
    }
}
