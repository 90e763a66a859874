package io.elpis.index.outcome;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.error.ErrorWire;
import io.elpis.protocol.outcome.FindOutcomeRequest;
import io.elpis.protocol.outcome.FindOutcomeResponse;
import io.elpis.protocol.outcome.OperationRef;
import io.elpis.support.topology.ShardCopy;
import io.elpis.support.topology.ShardMap;
import io.grpc.CallCredentials;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Asks one copy after the other, those that are furthest ahead first, until one answers. */
public final class NodeOutcomeSource implements OutcomeSource {
    private final Supplier<ShardMap> map;
    private final CallCredentials credentials;

    public NodeOutcomeSource(Supplier<ShardMap> map, CallCredentials credentials) {
        this.map = map;
        this.credentials = credentials;
    }

    @Override
    public FindOutcomeResponse find(OperationRef operation, Duration atMost) {
        ShardId shard = new ShardId(IndexUuid.ofBytes(operation.getIndexUuid().toByteArray()), operation.getShard());
        List<ShardCopy> copies = map.get().servingCopies(shard).stream()
                .sorted(Comparator.comparing((ShardCopy copy) -> copy.node().silent())
                        .thenComparing(copy -> -copy.state().getApplied().getOffset())
                        .thenComparing(copy -> copy.node().name()))
                .toList();
        ElpisException failure =
                new ElpisException(ErrorCode.SHARD_NOT_AVAILABLE, "no copy of shard [" + shard + "] serves now");
        long deadline = System.nanoTime() + atMost.toNanos();
        for (int at = 0; at < copies.size(); at++) {
            long share = (deadline - System.nanoTime()) / (copies.size() - at);
            try {
                return ask(copies.get(at), operation, Math.max(share, 1_000_000));
            } catch (ElpisException e) {
                failure = e;
            }
        }
        throw failure;
    }

    private FindOutcomeResponse ask(ShardCopy copy, OperationRef operation, long nanos) {
        Answer answer = new Answer();
        copy.node()
                .stub()
                .withCallCredentials(credentials)
                .withDeadlineAfter(nanos, TimeUnit.NANOSECONDS)
                .findOutcome(
                        FindOutcomeRequest.newBuilder().setOperation(operation).build(), answer);
        try {
            return answer.response.get(2 * nanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw ErrorWire.fromGrpc(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw new ElpisException(ErrorCode.TIMED_OUT, "node [" + copy.node().name() + "] does not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ElpisException(ErrorCode.SERVICE_UNAVAILABLE, "interrupted");
        }
    }

    private static final class Answer implements StreamObserver<FindOutcomeResponse> {
        final CompletableFuture<FindOutcomeResponse> response = new CompletableFuture<>();

        @Override
        public void onNext(FindOutcomeResponse value) {
            response.complete(value);
        }

        @Override
        public void onError(Throwable failure) {
            response.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {
            response.completeExceptionally(new IllegalStateException("no answer"));
        }
    }
}
