package io.elpis.protocol.error;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.elpis.model.body.JsonBody;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.json.Json;
import io.elpis.protocol.node.ErrorDetail;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Failures on the wire: a gRPC status for those who know no more, and the whole in the trailer. */
public final class ErrorWire {
    public static final Metadata.Key<ErrorDetail> TRAILER =
            Metadata.Key.of("elpis-error-bin", ProtoUtils.metadataMarshaller(ErrorDetail.getDefaultInstance()));

    private ErrorWire() {}

    public static ErrorDetail write(ElpisException failure) {
        return ErrorDetail.newBuilder()
                .setCode(failure.code().name())
                .setReason(failure.reason())
                .setDetails(details(failure.details()))
                .build();
    }

    private static ByteString details(Map<String, Object> details) {
        return details.isEmpty()
                ? ByteString.EMPTY
                : UnsafeByteOperations.unsafeWrap(Json.write(out -> Json.writeValue(out, details)));
    }

    /** A code this version does not know is an internal error. */
    public static ElpisException read(ErrorDetail in) {
        ErrorCode code = Arrays.stream(ErrorCode.values())
                .filter(known -> known.name().equals(in.getCode()))
                .findFirst()
                .orElse(ErrorCode.INTERNAL);
        return new ElpisException(
                code, in.getReason(), JsonBody.map(in.getDetails().toByteArray()));
    }

    /** What a server answers; a failure that is no {@link ElpisException} keeps its words to itself. */
    public static StatusRuntimeException toGrpc(Throwable failure) {
        if (failure instanceof StatusRuntimeException already) {
            return already;
        }
        ElpisException told = failure instanceof ElpisException known
                ? known
                : new ElpisException(ErrorCode.INTERNAL, "internal error", Map.of(), failure);
        Metadata trailers = new Metadata();
        trailers.put(TRAILER, write(told));
        return status(told.code())
                .withDescription(told.reason())
                .withCause(failure)
                .asRuntimeException(trailers);
    }

    /** What a call's failure was at the other side, or that there was no answer. */
    public static ElpisException fromGrpc(Throwable failure) {
        if (failure instanceof ElpisException known) {
            return known;
        }
        Metadata trailers = trailers(failure);
        ErrorDetail detail = trailers == null ? null : trailers.get(TRAILER);
        if (detail != null) {
            return read(detail);
        }
        Status status = Status.fromThrowable(failure);
        String description = status.getDescription();
        String reason = status.getCode() + (description == null ? "" : ": " + description);
        return new ElpisException(code(status.getCode()), reason, Map.of(), failure);
    }

    private static @Nullable Metadata trailers(Throwable failure) {
        return switch (failure) {
            case StatusRuntimeException runtime -> runtime.getTrailers();
            case StatusException checked -> checked.getTrailers();
            default -> null;
        };
    }

    private static Status status(ErrorCode code) {
        return switch (code.httpStatus()) {
            case 401 -> Status.UNAUTHENTICATED;
            case 403 -> Status.PERMISSION_DENIED;
            case 404, 410 -> Status.NOT_FOUND;
            case 409 -> Status.ABORTED;
            case 413, 429 -> Status.RESOURCE_EXHAUSTED;
            case 500 -> Status.INTERNAL;
            case 503 -> Status.UNAVAILABLE;
            case 504 -> Status.DEADLINE_EXCEEDED;
            default -> Status.INVALID_ARGUMENT;
        };
    }

    private static ErrorCode code(Status.Code code) {
        return switch (code) {
            case UNAVAILABLE, CANCELLED, ABORTED -> ErrorCode.SERVICE_UNAVAILABLE;
            case DEADLINE_EXCEEDED -> ErrorCode.TIMED_OUT;
            case RESOURCE_EXHAUSTED -> ErrorCode.TOO_MANY_REQUESTS;
            case UNAUTHENTICATED -> ErrorCode.UNAUTHENTICATED;
            case PERMISSION_DENIED -> ErrorCode.FORBIDDEN;
            case NOT_FOUND -> ErrorCode.RESOURCE_NOT_FOUND;
            case INVALID_ARGUMENT, OUT_OF_RANGE, FAILED_PRECONDITION -> ErrorCode.ILLEGAL_ARGUMENT;
            case OK, UNKNOWN, ALREADY_EXISTS, UNIMPLEMENTED, INTERNAL, DATA_LOSS -> ErrorCode.INTERNAL;
        };
    }
}
