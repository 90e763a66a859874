package io.elpis.index.ingest;

import com.google.protobuf.ByteString;
import io.elpis.protocol.record.OpId;
import io.elpis.protocol.record.WriterOp;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Names operations by this start of this writer and a counter, and documents by operations. Thread-safe. */
final class OpIds {
    private static final int AUTO_ID_BYTES = 15;

    private final ByteString writer;
    private final byte[] writerBytes;
    private final AtomicLong counter = new AtomicLong();

    OpIds(UUID writer) {
        writerBytes = ByteBuffer.allocate(16)
                .putLong(writer.getMostSignificantBits())
                .putLong(writer.getLeastSignificantBits())
                .array();
        this.writer = ByteString.copyFrom(writerBytes);
    }

    /** Of an operation that nobody repeats. */
    OpId next() {
        return OpId.newBuilder()
                .setWriter(WriterOp.newBuilder().setWriterUuid(writer).setCounter(counter.getAndIncrement()))
                .build();
    }

    /** A document id that follows from the operation's: 20 characters, the same when the operation is sent again. */
    String documentId(OpId op) {
        byte[] id = new byte[AUTO_ID_BYTES];
        if (op.hasWriter()) {
            // 9 bytes of the writer's random UUID and the counter's 6 lowest.
            System.arraycopy(writerBytes, 7, id, 0, 9);
            ByteBuffer count = ByteBuffer.allocate(8).putLong(op.getWriter().getCounter());
            System.arraycopy(count.array(), 2, id, 9, 6);
        } else {
            System.arraycopy(digest(op), 0, id, 0, AUTO_ID_BYTES);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }

    /** Document ids follow from it: it must stay as it is. */
    private static String print(OpId op) {
        return op.hasWriter()
                ? HexFormat.of().formatHex(op.getWriter().getWriterUuid().toByteArray()) + ":"
                        + op.getWriter().getCounter()
                : op.getIdempotent().getKey() + ":" + op.getIdempotent().getPosition();
    }

    private static byte[] digest(OpId op) {
        return IdempotencyKey.sha256().digest(print(op).getBytes(StandardCharsets.UTF_8));
    }
}
