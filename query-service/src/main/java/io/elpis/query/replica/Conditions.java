package io.elpis.query.replica;

import io.elpis.protocol.record.Condition;
import io.elpis.protocol.record.ExternalVersion;
import io.elpis.protocol.record.SeqNoCondition;
import org.jspecify.annotations.Nullable;

/** Decides whether an operation may go ahead, from its condition and what the id stands for. */
final class Conditions {
    private Conditions() {}

    /** What stands in the way; null when nothing does. */
    static @Nullable DocumentOutcome conflict(String id, Condition condition, DocumentState found) {
        return switch (condition.getKindCase()) {
            case ABSENT -> condition.getAbsent() ? absent(id, found) : null;
            case SEQ_NO -> seqNo(id, condition.getSeqNo(), found);
            case EXTERNAL -> external(id, condition.getExternal(), found);
            case KIND_NOT_SET -> null;
        };
    }

    /** The version the operation leaves behind. */
    static long version(Condition condition, DocumentState found) {
        return condition.hasExternal() ? condition.getExternal().getVersion() : found.nextVersion();
    }

    private static @Nullable DocumentOutcome absent(String id, DocumentState found) {
        return found.exists()
                ? DocumentOutcome.conflict(
                        id, "document already exists (current version [" + found.version() + "])", found)
                : null;
    }

    private static @Nullable DocumentOutcome seqNo(String id, SeqNoCondition wanted, DocumentState found) {
        if (found.exists() && found.seqNo() == wanted.getSeqNo() && found.primaryTerm() == wanted.getPrimaryTerm()) {
            return null;
        }
        String required = "required seqNo [" + wanted.getSeqNo() + "], primary term [" + wanted.getPrimaryTerm() + "]";
        return DocumentOutcome.conflict(
                id,
                found.exists()
                        ? required + ". current document has seqNo [" + found.seqNo() + "] and primary term ["
                                + found.primaryTerm() + "]"
                        : required + ". but no document was found",
                found);
    }

    private static @Nullable DocumentOutcome external(String id, ExternalVersion given, DocumentState found) {
        long version = given.getVersion();
        if (found.version() < version || given.getOrEqual() && found.version() == version) {
            return null;
        }
        return DocumentOutcome.conflict(
                id,
                "current version [" + found.version() + "] is higher " + (given.getOrEqual() ? "than" : "or equal to")
                        + " the one provided [" + version + "]",
                found);
    }
}
