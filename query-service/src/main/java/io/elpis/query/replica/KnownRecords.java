package io.elpis.query.replica;

import com.google.protobuf.MessageOrBuilder;
import io.elpis.protocol.record.Condition.KindCase;
import io.elpis.protocol.record.DocumentOperation;
import io.elpis.protocol.record.DocumentOperation.ActionCase;
import io.elpis.protocol.record.LogRecord;
import io.elpis.protocol.record.LogRecord.BodyCase;
import java.io.IOException;

/**
 * Which records this version of the node knows. What a later one asks for cannot be guessed: it would come to something
 * else here than on nodes that know it, and copies would differ. The copy stops, and goes on once its node is as new.
 */
final class KnownRecords {
    private static final int FORMAT = 1;

    private KnownRecords() {}

    /** @throws IOException for a record of a later version */
    static void require(LogEntry entry, LogRecord record) throws IOException {
        if (record.getFormatVersion() > FORMAT) {
            throw new IOException("record at offset " + entry.offset() + " has format " + record.getFormatVersion()
                    + ", this node reads up to " + FORMAT);
        }
        if (record.getFormatVersion() < FORMAT) {
            // No record of ours: whatever else is in it tells nothing.
            return;
        }
        DocumentOperation operation = record.getOperation();
        if (record.getBodyCase() == BodyCase.BODY_NOT_SET && hasMore(record)
                || operation.getActionCase() == ActionCase.ACTION_NOT_SET && hasMore(operation)
                || operation.getCondition().getKindCase() == KindCase.KIND_NOT_SET
                        && hasMore(operation.getCondition())) {
            throw new IOException("record at offset " + entry.offset()
                    + " asks for something that this version of the node does not know");
        }
    }

    private static boolean hasMore(MessageOrBuilder message) {
        return !message.getUnknownFields().isEmpty();
    }
}
