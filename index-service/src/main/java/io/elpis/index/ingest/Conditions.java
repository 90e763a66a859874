package io.elpis.index.ingest;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.protocol.record.Condition;
import io.elpis.protocol.record.ExternalVersion;
import io.elpis.protocol.record.SeqNoCondition;
import org.jspecify.annotations.Nullable;

/** The condition that a request's parameters amount to; it is decided when the record is applied. */
final class Conditions {
    /** Leaves room for as many changes that count on from it as there will ever be. */
    private static final long HIGHEST_VERSION = Long.MAX_VALUE / 2;

    private Conditions() {}

    /**
     * @return null: none
     * @throws ElpisException ACTION_REQUEST_VALIDATION for parameters that contradict one another
     */
    static @Nullable Condition of(
            WriteKind kind,
            @Nullable Long ifSeqNo,
            @Nullable Long ifPrimaryTerm,
            @Nullable Long version,
            @Nullable String versionType) {
        boolean external = versionType != null && !versionType.equals("internal");
        if (ifSeqNo == null && ifPrimaryTerm == null && version == null && !external) {
            return null;
        }
        if (kind == WriteKind.CREATE) {
            throw invalid("create operations only support internal versioning and no conditions. use index instead");
        }
        if (ifSeqNo != null || ifPrimaryTerm != null) {
            return seqNo(ifSeqNo, ifPrimaryTerm, version != null || external);
        }
        if (versionType == null || !external) {
            throw internalVersioning();
        }
        if (version == null || version < 0 || version > HIGHEST_VERSION) {
            throw invalid("illegal version value [" + version + "] for version type [" + versionType + "]");
        }
        boolean orEqual = switch (versionType) {
            case "external", "external_gt" -> false;
            case "external_gte" -> true;
            default ->
                throw new ElpisException(ErrorCode.ILLEGAL_ARGUMENT, "No version type match [" + versionType + "]");
        };
        return Condition.newBuilder()
                .setExternal(ExternalVersion.newBuilder().setVersion(version).setOrEqual(orEqual))
                .build();
    }

    private static Condition seqNo(@Nullable Long ifSeqNo, @Nullable Long ifPrimaryTerm, boolean versioned) {
        if (versioned) {
            throw invalid("compare and write operations can not use versioning");
        }
        if (ifSeqNo == null) {
            throw invalid("ifSeqNo is unassigned, but primary term is [" + ifPrimaryTerm + "]");
        }
        if (ifPrimaryTerm == null) {
            throw invalid("ifSeqNo is set, but primary term is [0]");
        }
        if (ifSeqNo < 0 || ifPrimaryTerm < 1) {
            throw new ElpisException(
                    ErrorCode.ILLEGAL_ARGUMENT,
                    "sequence numbers must be non negative and primary terms positive. got [" + ifSeqNo + "] and ["
                            + ifPrimaryTerm + "].");
        }
        return Condition.newBuilder()
                .setSeqNo(SeqNoCondition.newBuilder().setSeqNo(ifSeqNo).setPrimaryTerm(ifPrimaryTerm))
                .build();
    }

    static ElpisException internalVersioning() {
        return invalid("internal versioning can not be used for optimistic concurrency control. Please use"
                + " `if_seq_no` and `if_primary_term` instead");
    }

    private static ElpisException invalid(String what) {
        return new ElpisException(ErrorCode.ACTION_REQUEST_VALIDATION, "Validation Failed: 1: " + what + ";");
    }
}
