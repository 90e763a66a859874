package io.elpis.index.byquery;

import io.elpis.index.ingest.NamedWrites.Result;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.protocol.record.Outcome;
import io.elpis.protocol.task.ByQueryProgress;
import io.elpis.protocol.task.DocumentFailure;

/** Counts what became of each document, each one once. */
final class Account {
    /** Failures that are told one by one; the others are only counted. */
    private static final int LISTED = 100;

    private final ByQueryProgress.Builder progress;
    private final boolean proceed;
    private boolean stopped;

    /** @param proceed conflicts are only counted */
    Account(ByQueryProgress.Builder progress, boolean proceed) {
        this.progress = progress;
        this.proceed = proceed;
        // What is listed has ended the task, whichever instance ran it then.
        this.stopped = progress.getFailuresCount() > 0;
    }

    /** Something came up that ends the task. */
    boolean stopped() {
        return stopped;
    }

    /** @param index written to */
    void count(Result result, String index, String id) {
        switch (result) {
            case Result.Applied(Outcome outcome) -> count(outcome, index, id);
            case Result.Refused(ElpisException reason) ->
                fail(
                        index,
                        id,
                        reason.code().type(),
                        reason.reason(),
                        reason.code().httpStatus());
            case Result.Undecided() ->
                fail(
                        index,
                        id,
                        ErrorCode.LOG_UNAVAILABLE.type(),
                        "[" + id + "]: no outcome in time; whether it was or will be written is not known",
                        ErrorCode.LOG_UNAVAILABLE.httpStatus());
        }
    }

    /** As {@link #count}, but one that was not written does not count at all. */
    void countWritten(Result result, String index, String id) {
        boolean unwritten =
                result instanceof Result.Applied(Outcome outcome) && outcome.getResult() == Outcome.Result.CONFLICT;
        if (!unwritten) {
            count(result, index, id);
        }
    }

    private void count(Outcome outcome, String index, String id) {
        switch (outcome.getResult()) {
            case CREATED -> progress.setCreated(progress.getCreated() + 1);
            case UPDATED -> progress.setUpdated(progress.getUpdated() + 1);
            case DELETED -> progress.setDeleted(progress.getDeleted() + 1);
            case NOOP, NOT_FOUND -> progress.setNoops(progress.getNoops() + 1);
            case CONFLICT -> conflicts(1, index, id, outcome.getReason());
            case REJECTED, MISSING -> fail(index, id, outcome.getErrorType(), outcome.getReason(), 400);
            case RESULT_UNSPECIFIED, UNRECOGNIZED ->
                fail(index, id, ErrorCode.INTERNAL.type(), "an outcome that is not known", 500);
        }
    }

    /** Documents that are not any more what they were at the task's point in time. */
    void changed(long documents, String index, int shard) {
        if (documents > 0) {
            conflicts(
                    documents,
                    index,
                    "",
                    "version conflict, [" + documents + "] documents of shard [" + shard
                            + "] were changed or deleted since the task's point in time");
        }
    }

    private void conflicts(long number, String index, String id, String reason) {
        progress.setVersionConflicts(progress.getVersionConflicts() + number);
        if (!proceed) {
            stopped = true;
            list(index, id, ErrorCode.VERSION_CONFLICT.type(), reason, ErrorCode.VERSION_CONFLICT.httpStatus());
        }
    }

    private void fail(String index, String id, String type, String reason, int status) {
        stopped = true;
        progress.setFailed(progress.getFailed() + 1);
        list(index, id, type, reason, status);
    }

    private void list(String index, String id, String type, String reason, int status) {
        if (progress.getFailuresCount() < LISTED) {
            progress.addFailures(DocumentFailure.newBuilder()
                    .setIndex(index)
                    .setId(id)
                    .setType(type)
                    .setReason(reason)
                    .setStatus(status));
        }
    }
}
