package io.elpis.query.node;

import io.elpis.protocol.node.OutcomeBatch;
import io.elpis.query.replica.CopyPhase;
import io.elpis.query.replica.HostedCopy;
import io.elpis.query.replica.PositionedOutcome;
import io.elpis.query.replica.ShardCopy;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One caller who follows a copy's outcomes. Nothing is queued for a slow caller: it is sent what the outcome window holds
 * from its place on, whenever it is ready and something was applied.
 */
final class OutcomeStream {
    private static final Logger LOG = LoggerFactory.getLogger(OutcomeStream.class);
    private static final int BATCH = 1_000;

    private final HostedCopy hosted;
    private final ShardCopy copy;
    private final ServerCallStreamObserver<OutcomeBatch> caller;

    /** Above 0 while someone pumps; whoever raises it from 0 does. */
    private final AtomicInteger wanted = new AtomicInteger();

    private long next;
    private boolean ended;
    private Runnable stopListening = () -> {};

    OutcomeStream(HostedCopy hosted, ShardCopy copy, long from, ServerCallStreamObserver<OutcomeBatch> caller) {
        this.hosted = hosted;
        this.copy = copy;
        this.next = from;
        this.caller = caller;
    }

    void start() {
        stopListening = hosted.onApplied(this::pump);
        caller.setOnCancelHandler(() -> stopListening.run());
        caller.setOnReadyHandler(this::pump);
        pump();
    }

    private void pump() {
        if (wanted.getAndIncrement() > 0) {
            return;
        }
        int seen = 1;
        do {
            sendOrEnd();
            seen = wanted.addAndGet(-seen);
        } while (seen > 0);
    }

    /** Runs in the copy's lane too, where one caller's trouble must not become the copy's. */
    private void sendOrEnd() {
        try {
            send();
        } catch (RuntimeException failure) {
            LOG.atWarn()
                    .setCause(failure)
                    .addKeyValue("shard", hosted.plan().shard())
                    .log("outcomes not sent");
            ended = true;
            stopListening.run();
            giveUp();
        }
    }

    private void giveUp() {
        try {
            caller.onError(Status.INTERNAL.withDescription("outcomes not sent").asRuntimeException());
        } catch (RuntimeException gone) {
            LOG.debug("the caller is gone", gone);
        }
    }

    private void send() {
        while (!ended && !caller.isCancelled()) {
            if (hosted.copy() != copy || hosted.status().phase() == CopyPhase.FAILED) {
                end(Status.UNAVAILABLE.withDescription("the copy is gone"));
                return;
            }
            if (!caller.isReady()) {
                return;
            }
            List<PositionedOutcome> outcomes = copy.outcomes(next, BATCH);
            if (outcomes == null) {
                end(Status.OUT_OF_RANGE.withDescription("offset " + next + " has left the outcome window"));
                return;
            }
            if (outcomes.isEmpty()) {
                return;
            }
            caller.onNext(batch(outcomes));
            next = outcomes.getLast().offset() + 1;
        }
    }

    private void end(Status status) {
        ended = true;
        stopListening.run();
        caller.onError(status.asRuntimeException());
    }

    private OutcomeBatch batch(List<PositionedOutcome> outcomes) {
        OutcomeBatch.Builder batch = OutcomeBatch.newBuilder();
        long generation = hosted.plan().generation();
        for (PositionedOutcome positioned : outcomes) {
            batch.addOutcomesBuilder()
                    .setPosition(NodeStates.position(generation, positioned.offset()))
                    .setOutcome(OutcomeWire.write(positioned.outcome()));
        }
        return batch.build();
    }
}
