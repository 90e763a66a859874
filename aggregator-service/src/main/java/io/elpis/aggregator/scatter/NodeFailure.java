package io.elpis.aggregator.scatter;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.protocol.error.ErrorWire;
import io.elpis.protocol.node.ErrorDetail;
import io.elpis.support.topology.LiveNode;
import io.grpc.Metadata;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Why a node, or a shard on it, did not answer.
 *
 * @param isFinal no other copy would answer otherwise: the request itself is at fault
 * @param nodesFault it speaks against the node as a whole
 */
public record NodeFailure(ElpisException error, boolean isFinal, boolean nodesFault) {
    /** The copy waited for what the reader wants to see, in vain: nothing that speaks against copies which have it. */
    boolean isBehind() {
        return error.code() == ErrorCode.COPY_BEHIND || error.code() == ErrorCode.LOG_UNAVAILABLE;
    }

    /** @param called the node */
    public static NodeFailure of(Status status, @Nullable Metadata trailers, LiveNode called) {
        String node = called.name();
        ErrorDetail detail = trailers == null ? null : trailers.get(ErrorWire.TRAILER);
        if (detail != null) {
            return of(detail);
        }
        return switch (status.getCode()) {
            case UNAUTHENTICATED -> callersFault(ErrorCode.UNAUTHENTICATED, status, node);
            case PERMISSION_DENIED -> callersFault(ErrorCode.FORBIDDEN, status, node);
            case INVALID_ARGUMENT, OUT_OF_RANGE -> callersFault(ErrorCode.ILLEGAL_ARGUMENT, status, node);
            case RESOURCE_EXHAUSTED -> new NodeFailure(error(ErrorCode.TOO_MANY_REQUESTS, status, node), false, false);
            // A node that is heard of was given too little time, or too much work by this one request.
            case DEADLINE_EXCEEDED -> new NodeFailure(error(ErrorCode.TIMED_OUT, status, node), false, called.silent());
            case NOT_FOUND, FAILED_PRECONDITION, ABORTED ->
                new NodeFailure(error(ErrorCode.SHARD_NOT_AVAILABLE, status, node), false, false);
            case OK, CANCELLED, UNKNOWN, ALREADY_EXISTS, UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS ->
                new NodeFailure(error(ErrorCode.SHARD_NOT_AVAILABLE, status, node), false, true);
        };
    }

    /** A detail that a node sent for the whole call or for one shard. */
    public static NodeFailure of(ErrorDetail detail) {
        ElpisException error = ErrorWire.read(detail);
        ErrorCode code = error.code();
        // Another copy's answer would be as large.
        boolean callers =
                code.isCallersFault() && code != ErrorCode.RESOURCE_NOT_FOUND || code == ErrorCode.CIRCUIT_BREAKING;
        return new NodeFailure(error, callers, code == ErrorCode.INTERNAL);
    }

    private static NodeFailure callersFault(ErrorCode code, Status status, String node) {
        return new NodeFailure(error(code, status, node), true, false);
    }

    private static ElpisException error(ErrorCode code, Status status, String node) {
        String what = status.getDescription();
        String reason = "node [" + node + "]: " + status.getCode() + (what == null ? "" : ": " + what);
        return new ElpisException(code, reason);
    }
}
