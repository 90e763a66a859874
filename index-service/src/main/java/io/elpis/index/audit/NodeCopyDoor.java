package io.elpis.index.audit;

import io.elpis.model.schema.ShardId;
import io.elpis.protocol.node.AuditCopyRequest;
import io.elpis.protocol.node.AuditCopyResponse;
import io.elpis.protocol.node.CopyAuditGrpc;
import io.elpis.protocol.node.CopyAuditGrpc.CopyAuditStub;
import io.elpis.protocol.node.RebuildCopyRequest;
import io.elpis.protocol.node.RebuildCopyResponse;
import io.elpis.protocol.node.ShardWire;
import io.elpis.protocol.record.Position;
import io.elpis.support.topology.NodeView;
import io.elpis.support.topology.ShardMap;
import io.grpc.CallCredentials;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Over the query nodes' RPC. */
final class NodeCopyDoor implements CopyDoor {
    private final Supplier<ShardMap> map;
    private final CallCredentials credentials;

    NodeCopyDoor(Supplier<ShardMap> map, CallCredentials credentials) {
        this.map = map;
        this.credentials = credentials;
    }

    @Override
    public List<Seen> copies(ShardId shard) {
        return map.get().copies(shard).stream()
                .map(copy -> new Seen(
                        copy.node().name(),
                        copy.isServing(),
                        copy.state().getApplied().getGeneration(),
                        copy.state().getLogEnd()))
                .toList();
    }

    @Override
    public CompletableFuture<CopyAnswer> ask(ShardId shard, String node, Mark mark, boolean verify, Duration patience) {
        CompletableFuture<AuditCopyResponse> answer = new CompletableFuture<>();
        AuditCopyRequest request = AuditCopyRequest.newBuilder()
                .setShard(ShardWire.write(shard))
                .setMark(Position.newBuilder().setGeneration(mark.generation()).setOffset(mark.offset()))
                .setBarrierId(mark.barrier().getBarrierId())
                .setVerify(verify)
                .build();
        stub(node, patience)
                .ifPresentOrElse(stub -> stub.auditCopy(request, new First<>(answer)), () -> gone(answer, node));
        return answer.thenApply(NodeCopyDoor::read).exceptionally(failure -> new CopyAnswer.Silent(reason(failure)));
    }

    private static CopyAnswer read(AuditCopyResponse response) {
        return response.getDamage().isEmpty()
                ? new CopyAnswer.Told(
                        new CopyAnswer.Content(response.getDigest(), response.getDocuments(), response.getNextSeqNo()),
                        response.getVerified())
                : new CopyAnswer.Damaged(response.getDamage());
    }

    @Override
    public CompletableFuture<Boolean> rebuild(
            ShardId shard, String node, long generation, String reason, Duration patience) {
        CompletableFuture<RebuildCopyResponse> answer = new CompletableFuture<>();
        RebuildCopyRequest request = RebuildCopyRequest.newBuilder()
                .setShard(ShardWire.write(shard))
                .setGeneration(generation)
                .setReason(reason)
                .build();
        stub(node, patience)
                .ifPresentOrElse(stub -> stub.rebuildCopy(request, new First<>(answer)), () -> gone(answer, node));
        return answer.thenApply(RebuildCopyResponse::getDiscarded);
    }

    private Optional<CopyAuditStub> stub(String node, Duration patience) {
        return map.get()
                .node(node)
                .map(NodeView::node)
                .map(live -> CopyAuditGrpc.newStub(live.stub().getChannel())
                        .withCallCredentials(credentials)
                        .withDeadlineAfter(Math.max(1, patience.toMillis()), TimeUnit.MILLISECONDS));
    }

    private static void gone(CompletableFuture<?> answer, String node) {
        answer.completeExceptionally(Status.UNAVAILABLE
                .withDescription("node " + node + " is not connected")
                .asRuntimeException());
    }

    private static String reason(Throwable failure) {
        Status status = Status.fromThrowable(failure);
        return status.getDescription() == null
                ? status.getCode().toString()
                : status.getCode() + ": " + status.getDescription();
    }

    /** Takes the one answer of a call. */
    private record First<T>(CompletableFuture<T> answer) implements StreamObserver<T> {
        @Override
        public void onNext(T value) {
            answer.complete(value);
        }

        @Override
        public void onError(Throwable failure) {
            answer.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {
            answer.completeExceptionally(
                    Status.INTERNAL.withDescription("no answer").asRuntimeException());
        }
    }
}
