package io.elpis.query.node;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.protocol.outcome.FindOutcomeResponse;
import io.elpis.protocol.outcome.OperationRef;
import io.elpis.protocol.session.LogPosition;
import io.elpis.query.lucene.PoisonException;
import io.elpis.query.replica.FoundOutcome;
import io.elpis.query.replica.HostedCopy;
import io.elpis.query.replica.PositionedOutcome;
import io.elpis.query.replica.ShardCopy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Finds what became of one operation. What the window does not have is looked for again once the copy has applied the
 * operation's record or, where its place is not known, a barrier: all that was in the log before the call is decided
 * then. Nobody's thread waits.
 */
final class OutcomeLookup {
    private OutcomeLookup() {}

    /** Fails with what the caller may be told. */
    static CompletableFuture<FindOutcomeResponse> find(HostedCopy hosted, OperationRef operation, Duration patience) {
        FindOutcomeResponse now = look(hosted, operation);
        if (now.hasOutcome() || isPast(operation, now)) {
            return CompletableFuture.completedFuture(now);
        }
        if (Long.compareUnsigned(
                        operation.getAt().getGeneration(), hosted.plan().generation())
                > 0) {
            return CompletableFuture.failedFuture(new ElpisException(
                    ErrorCode.SHARD_NOT_AVAILABLE,
                    "shard [" + hosted.plan().shard() + "] follows an earlier generation of its log here"));
        }
        if (operation.getExact()) {
            // A copy that does not get there in time has not decided it, which is an answer.
            return hosted.catchUp()
                    .applied(operation.getAt().getOffset() + 1, patience)
                    .handle((_, _) -> look(hosted, operation));
        }
        long deadline = System.nanoTime() + patience.toNanos();
        return hosted.catchUp()
                .barrier(patience)
                .thenCompose(behind -> hosted.catchUp().applied(behind, Duration.ofNanos(deadline - System.nanoTime())))
                .handle((_, failure) -> {
                    if (failure != null) {
                        throw new ElpisException(
                                ErrorCode.LOG_UNAVAILABLE,
                                "shard [" + hosted.plan().shard()
                                        + "]: no barrier got through its log in time, so that nobody"
                                        + " can tell yet what became of the operation");
                    }
                    return look(hosted, operation);
                });
    }

    private static boolean isPast(OperationRef operation, FindOutcomeResponse answer) {
        return !LogPosition.read(operation.getAt()).covers(LogPosition.read(answer.getWindowStart()));
    }

    private static FindOutcomeResponse look(HostedCopy hosted, OperationRef operation) {
        ShardCopy copy = hosted.copy();
        if (copy == null) {
            throw new ElpisException(
                    ErrorCode.SHARD_NOT_AVAILABLE, "shard [" + hosted.plan().shard() + "] is not served by this node");
        }
        FoundOutcome found;
        try {
            found = copy.outcome(operation.getOpId());
        } catch (PoisonException mistake) {
            throw new ElpisException(ErrorCode.ILLEGAL_ARGUMENT, mistake.reason());
        }
        long generation = hosted.plan().generation();
        FindOutcomeResponse.Builder answer = FindOutcomeResponse.newBuilder()
                .setWindowStart(NodeStates.position(generation, found.windowStart()))
                .setApplied(NodeStates.position(generation, found.nextOffset()));
        PositionedOutcome positioned = found.positioned();
        if (positioned != null) {
            answer.setOutcome(OutcomeWire.write(positioned.outcome()))
                    .setPosition(NodeStates.position(generation, positioned.offset()));
        }
        return answer.build();
    }
}
