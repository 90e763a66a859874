package io.elpis.query.replica;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.elpis.protocol.letter.DeadLetter;
import io.elpis.protocol.letter.PendingDeadLetters;
import io.elpis.protocol.record.DocumentOperation;
import io.elpis.protocol.record.OpId;
import io.elpis.protocol.record.Position;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes dead letters, and puts those of a commit into its data. */
final class DeadLetters {
    private static final String KEY = "elpis.dead_letters";

    /** What a broken record brings may be of any size. */
    private static final int LONGEST_PART = 512;

    private DeadLetters() {}

    /** @param operation null when the record holds none that can be read */
    static DeadLetter of(
            LogIdentity log, LogEntry entry, @Nullable DocumentOperation operation, DocumentOutcome rejected) {
        DeadLetter.Builder letter = DeadLetter.newBuilder()
                .setIndexUuid(ByteString.copyFrom(log.shard().index().bytes()))
                .setShard(log.shard().shard())
                .setPosition(
                        Position.newBuilder().setGeneration(log.generation()).setOffset(entry.offset()))
                .setErrorType(rejected.errorType())
                .setReason(rejected.reason())
                .setRecordBytes(entry.value().length);
        if (operation != null) {
            letter.setWrittenAtMillis(operation.getWrittenAtMillis());
            if (operation.hasOpId() && operation.getOpId().getSerializedSize() <= LONGEST_PART) {
                letter.setOpId(copied(operation.getOpId()));
            }
            if (operation.getIdBytes().size() <= LONGEST_PART) {
                letter.setId(operation.getId());
            }
        }
        return letter.build();
    }

    /** The record's bytes must not stay in memory with its letter. */
    private static OpId copied(OpId opId) {
        try {
            return OpId.parseFrom(opId.toByteArray());
        } catch (InvalidProtocolBufferException impossible) {
            throw new IllegalStateException("what was just written cannot be read", impossible);
        }
    }

    static void write(List<DeadLetter> letters, Map<String, String> commitData) {
        if (!letters.isEmpty()) {
            byte[] bytes = PendingDeadLetters.newBuilder()
                    .addAllLetters(letters)
                    .build()
                    .toByteArray();
            commitData.put(KEY, Base64.getEncoder().encodeToString(bytes));
        }
    }

    static List<DeadLetter> read(Map<String, String> commitData) throws IOException {
        String text = commitData.get(KEY);
        if (text == null) {
            return List.of();
        }
        try {
            return PendingDeadLetters.parseFrom(Base64.getDecoder().decode(text))
                    .getLettersList();
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new IOException("commit data with unreadable dead letters", e);
        }
    }
}
