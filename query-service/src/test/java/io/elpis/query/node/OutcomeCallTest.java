package io.elpis.query.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.elpis.model.error.ErrorCode;
import io.elpis.protocol.error.ErrorWire;
import io.elpis.protocol.node.FollowOutcomesRequest;
import io.elpis.protocol.node.OutcomeBatch;
import io.elpis.protocol.outcome.FindOutcomeRequest;
import io.elpis.protocol.outcome.FindOutcomeResponse;
import io.elpis.protocol.outcome.OperationRef;
import io.elpis.protocol.record.OpId;
import io.elpis.protocol.record.Outcome;
import io.elpis.protocol.record.WriterOp;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What became of writes, asked of a node over real gRPC. */
final class OutcomeCallTest {
    @TempDir
    Path directory;

    private RunningNode node;

    @BeforeEach
    void open() throws Exception {
        node = new RunningNode(directory);
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void outcomesComeFromTheWindowAndThenLive() {
        Iterator<OutcomeBatch> batches = node.as("internal")
                .followOutcomes(FollowOutcomesRequest.newBuilder()
                        .setShard(node.shard(0))
                        .setFrom(NodeStates.position(1, 0))
                        .build());
        List<Outcome.Result> results = new ArrayList<>();
        batches.next()
                .getOutcomesList()
                .forEach(outcome -> results.add(outcome.getOutcome().getResult()));
        node.index.delete(0, "a");
        batches.next()
                .getOutcomesList()
                .forEach(outcome -> results.add(outcome.getOutcome().getResult()));
        assertThat(results).containsExactly(Outcome.Result.CREATED, Outcome.Result.DELETED);
    }

    @Test
    void anOutcomeIsFoundByTheNameOfItsOperation() {
        FindOutcomeResponse found = find(0, operation(0).build());
        assertThat(found.getOutcome().getResult()).isEqualTo(Outcome.Result.CREATED);
        assertThat(found.getPosition()).isEqualTo(NodeStates.position(1, 1));
    }

    @Test
    void whatIsOnItsWayIsNotInTheLogPastABarrier() {
        long before = node.index.log(0).end();
        FindOutcomeResponse found = find(0, operation(7).build());
        assertThat(found.hasOutcome()).isFalse();
        assertThat(found.getApplied().getOffset()).isGreaterThan(before);
        assertThat(found.getWindowStart().getOffset()).isZero();
    }

    @Test
    void anOperationWhoseRecordIsKnownIsWaitedFor() throws Exception {
        OperationRef.Builder coming = operation(2)
                .setAt(NodeStates.position(1, node.index.log(0).end()))
                .setExact(true);
        var answer = CompletableFuture.supplyAsync(() -> find(0, coming.build()));
        node.index.index(0, "c", "{\"title\":\"red\"}");
        assertThat(answer.get(20, TimeUnit.SECONDS).getOutcome().getResult()).isEqualTo(Outcome.Result.CREATED);
    }

    @Test
    void aSilentLogIsNoReasonToCallAnOperationUndecided() {
        node.index.log(0).fallSilent();
        assertThatThrownBy(() -> find(0, operation(7).build()))
                .satisfies(failure ->
                        assertThat(ErrorWire.fromGrpc(failure).code()).isEqualTo(ErrorCode.LOG_UNAVAILABLE));
        assertThat(find(0, operation(0).build()).hasOutcome()).isTrue();
    }

    private FindOutcomeResponse find(int shard, OperationRef operation) {
        return node.as("internal")
                .withDeadlineAfter(6, TimeUnit.SECONDS)
                .findOutcome(FindOutcomeRequest.newBuilder()
                        .setOperation(operation.toBuilder().setShard(shard))
                        .build());
    }

    /** The index's operations are counted in the order they were asked for. */
    private OperationRef.Builder operation(long counter) {
        return OperationRef.newBuilder()
                .setIndexUuid(node.shard(0).getIndexUuid())
                .setOpId(OpId.newBuilder()
                        .setWriter(WriterOp.newBuilder()
                                .setWriterUuid(ByteString.copyFrom(new byte[16]))
                                .setCounter(counter)))
                .setAt(NodeStates.position(1, 0));
    }
}
