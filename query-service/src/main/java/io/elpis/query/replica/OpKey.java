package io.elpis.query.replica;

import com.google.protobuf.ByteString;
import io.elpis.protocol.record.OpId;
import io.elpis.query.lucene.PoisonException;
import java.nio.ByteBuffer;

/** Names an operation for ever: what an op-id on the wire says, as a small key. */
sealed interface OpKey {
    record Writer(long high, long low, long counter) implements OpKey {}

    record Idempotent(String key, int position) implements OpKey {}

    /** @throws PoisonException when the op-id names nothing */
    static OpKey of(OpId id) {
        return switch (id.getOriginCase()) {
            case WRITER -> writer(id.getWriter().getWriterUuid(), id.getWriter().getCounter());
            case IDEMPOTENT ->
                new Idempotent(id.getIdempotent().getKey(), id.getIdempotent().getPosition());
            case ORIGIN_NOT_SET -> throw new PoisonException("illegal_argument_exception", "operation without op-id");
        };
    }

    private static OpKey writer(ByteString uuid, long counter) {
        if (uuid.size() != 16) {
            throw new PoisonException("illegal_argument_exception", "writer uuid of " + uuid.size() + " bytes");
        }
        ByteBuffer bytes = uuid.asReadOnlyByteBuffer();
        return new Writer(bytes.getLong(), bytes.getLong(), counter);
    }
}
