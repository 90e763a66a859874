package io.elpis.query.node;

import io.elpis.protocol.record.Outcome;
import io.elpis.query.replica.DocumentOutcome;

/** Outcomes on the wire. */
final class OutcomeWire {
    private OutcomeWire() {}

    static Outcome write(DocumentOutcome outcome) {
        return Outcome.newBuilder()
                .setResult(result(outcome.result()))
                .setSeqNo(outcome.seqNo())
                .setVersion(outcome.version())
                .setPrimaryTerm(outcome.primaryTerm())
                .setErrorType(outcome.errorType())
                .setReason(outcome.reason())
                .setExisted(outcome.existed())
                .build();
    }

    private static Outcome.Result result(DocumentOutcome.Result result) {
        return switch (result) {
            case CREATED -> Outcome.Result.CREATED;
            case UPDATED -> Outcome.Result.UPDATED;
            case DELETED -> Outcome.Result.DELETED;
            case NOOP -> Outcome.Result.NOOP;
            case NOT_FOUND -> Outcome.Result.NOT_FOUND;
            case CONFLICT -> Outcome.Result.CONFLICT;
            case REJECTED -> Outcome.Result.REJECTED;
            case MISSING -> Outcome.Result.MISSING;
        };
    }
}
