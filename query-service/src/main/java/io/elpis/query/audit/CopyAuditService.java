package io.elpis.query.audit;

import com.google.protobuf.MessageLite;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.error.ErrorWire;
import io.elpis.protocol.node.AuditCopyRequest;
import io.elpis.protocol.node.AuditCopyResponse;
import io.elpis.protocol.node.CopyAuditGrpc.CopyAuditImplBase;
import io.elpis.protocol.node.RebuildCopyRequest;
import io.elpis.protocol.node.RebuildCopyResponse;
import io.elpis.protocol.node.ShardRef;
import io.elpis.protocol.node.ShardWire;
import io.elpis.query.replica.AuditMark;
import io.elpis.query.replica.HostedCopy;
import io.elpis.query.replica.ShardCopy;
import io.elpis.support.identity.Scopes;
import io.elpis.support.rpc.RpcCaller;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The door for those who compare copies. Waits without a thread. */
final class CopyAuditService extends CopyAuditImplBase {
    /** A call without a deadline gets this one. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Function<ShardId, @Nullable HostedCopy> copies;
    private final CopyAuditor auditor;
    private final AuditMetrics metrics;

    CopyAuditService(Function<ShardId, @Nullable HostedCopy> copies, CopyAuditor auditor, AuditMetrics metrics) {
        this.copies = copies;
        this.auditor = auditor;
        this.metrics = metrics;
    }

    @Override
    public void auditCopy(AuditCopyRequest request, StreamObserver<AuditCopyResponse> answer) {
        answer(answer, () -> {
            HostedCopy hosted = hosted(request.getShard(), request.getMark().getGeneration());
            long deadline = System.nanoTime() + patience().toNanos();
            CompletableFuture<Finding> found = request.getVerify()
                    ? auditor.check(hosted).orTimeout(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)
                    : CompletableFuture.completedFuture(new Finding.Nothing("not asked for"));
            return found.thenCompose(finding -> finding instanceof Finding.Damaged(String reason)
                    ? CompletableFuture.completedFuture(AuditCopyResponse.newBuilder()
                            .setVerified(true)
                            .setDamage(reason)
                            .build())
                    : atMark(hosted, request, finding instanceof Finding.Sound, deadline));
        });
    }

    private static CompletableFuture<AuditCopyResponse> atMark(
            HostedCopy hosted, AuditCopyRequest request, boolean verified, long deadline) {
        long offset = request.getMark().getOffset();
        return hosted.catchUp()
                .applied(offset + 1, Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))
                .thenApply(_ -> {
                    ShardCopy copy = hosted.copy();
                    AuditMark mark = copy == null ? null : copy.auditMark(offset);
                    if (mark == null || !mark.barrierId().equals(request.getBarrierId())) {
                        throw new ElpisException(
                                ErrorCode.SHARD_NOT_AVAILABLE,
                                "shard [" + hosted.plan().shard() + "] remembers no audit at offset " + offset);
                    }
                    return AuditCopyResponse.newBuilder()
                            .setVerified(verified)
                            .setDigest(mark.digest().hex())
                            .setDocuments(mark.documents())
                            .setNextSeqNo(mark.nextSeqNo())
                            .build();
                });
    }

    @Override
    public void rebuildCopy(RebuildCopyRequest request, StreamObserver<RebuildCopyResponse> answer) {
        answer(answer, () -> {
            HostedCopy hosted = hosted(request.getShard(), request.getGeneration());
            ShardCopy copy = hosted.copy();
            if (copy == null) {
                return CompletableFuture.completedFuture(RebuildCopyResponse.getDefaultInstance());
            }
            metrics.rebuildOrdered();
            return hosted.discard(copy, request.getReason())
                    .thenApply(discarded -> RebuildCopyResponse.newBuilder()
                            .setDiscarded(discarded)
                            .build());
        });
    }

    private HostedCopy hosted(ShardRef ref, long generation) {
        ShardId shard = ShardWire.read(ref);
        HostedCopy hosted = copies.apply(shard);
        if (hosted == null) {
            throw new ElpisException(ErrorCode.SHARD_NOT_AVAILABLE, "shard [" + shard + "] is not on this node");
        }
        if (hosted.plan().generation() != generation) {
            throw new ElpisException(
                    ErrorCode.SHARD_NOT_AVAILABLE,
                    "shard [" + shard + "] follows generation " + hosted.plan().generation() + " of its log here, not "
                            + generation);
        }
        return hosted;
    }

    private static Duration patience() {
        Deadline deadline = Context.current().getDeadline();
        return deadline == null ? LONGEST : Duration.ofNanos(Math.max(1, deadline.timeRemaining(TimeUnit.NANOSECONDS)));
    }

    private static <T extends MessageLite> void answer(StreamObserver<T> answer, Supplier<CompletableFuture<T>> work) {
        CompletableFuture<T> begun;
        try {
            RpcCaller.require(Scopes.INTERNAL);
            begun = work.get();
        } catch (RuntimeException refused) {
            answer.onError(ErrorWire.toGrpc(refused));
            return;
        }
        var unused = begun.whenComplete((message, failure) -> {
            if (failure == null) {
                answer.onNext(message);
                answer.onCompleted();
            } else {
                answer.onError(ErrorWire.toGrpc(told(failure)));
            }
        });
    }

    private static Throwable told(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof TimeoutException
                ? new ElpisException(ErrorCode.SHARD_NOT_AVAILABLE, "the copy did not get there in time")
                : cause;
    }
}
