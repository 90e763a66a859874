package io.elpis.index.ingest;

import com.google.protobuf.InvalidProtocolBufferException;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.IndexUuid;
import io.elpis.protocol.outcome.OperationRef;
import java.util.Base64;

/** What the caller of a write is given to ask for its outcome with: {@code _op_id} of answers. */
public record Ticket(OperationRef operation) {
    static final String PATH = "/_elpis/outcome/";

    private static final int MOST_CHARACTERS = 2_048;

    /** @throws ElpisException ILLEGAL_ARGUMENT when it is none of ours */
    static Ticket parse(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw unknown(text.substring(0, MOST_CHARACTERS) + "...");
        }
        try {
            OperationRef operation =
                    OperationRef.parseFrom(Base64.getUrlDecoder().decode(text));
            if (operation.getIndexUuid().size() != 16 || !operation.hasOpId() || !operation.hasAt()) {
                throw unknown(text);
            }
            return new Ticket(operation);
        } catch (IllegalArgumentException | InvalidProtocolBufferException e) {
            throw unknown(text);
        }
    }

    public String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(operation.toByteArray());
    }

    IndexUuid index() {
        return IndexUuid.ofBytes(operation.getIndexUuid().toByteArray());
    }

    private static ElpisException unknown(String text) {
        return new ElpisException(
                ErrorCode.ILLEGAL_ARGUMENT,
                "operation id [" + text + "] must be the [_op_id] that the answer to a write brought");
    }
}
