package io.elpis.query.replica;

import com.google.protobuf.ByteString;
import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.ShardId;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * All of a copy's state beside its documents at one record boundary. Lives in the same Lucene commit as the documents,
 * as the commit's user data.
 *
 * @param nextOffset of the first record that is not in the commit
 * @param leaderEpoch of the last record that is; -1 when unknown
 * @param nextSeqNo of the next record that changes a document
 * @param documents live ones
 * @param digest of those
 * @param tombstoneFloor tombstones up to this sequence number were dropped; -1 before the first drop
 * @param applyLogic the version in force
 * @param marks passed last
 */
record CommitPoint(
        LogIdentity log,
        long nextOffset,
        int leaderEpoch,
        long nextSeqNo,
        long documents,
        Digest digest,
        long tombstoneFloor,
        int applyLogic,
        MappingState mapping,
        AuditMarks marks,
        List<OutcomeWindow.Entry> outcomes) {

    private static final String FORMAT = "2";

    /** Without digest. */
    private static final String FIRST_FORMAT = "1";

    static CommitPoint start(LogIdentity log) {
        return new CommitPoint(log, 0, -1, 0, 0, Digest.EMPTY, -1, 1, MappingState.NONE, AuditMarks.NONE, List.of());
    }

    Map<String, String> toUserData() throws IOException {
        Map<String, String> data = new HashMap<>();
        data.put("elpis.format", FORMAT);
        data.put("elpis.index", log.shard().index().hex());
        data.put("elpis.shard", Integer.toString(log.shard().shard()));
        data.put("elpis.topic_id", log.topicId().toString());
        data.put("elpis.generation", Long.toString(log.generation()));
        data.put("elpis.next_offset", Long.toString(nextOffset));
        data.put("elpis.leader_epoch", Integer.toString(leaderEpoch));
        data.put("elpis.next_seq_no", Long.toString(nextSeqNo));
        data.put("elpis.documents", Long.toString(documents));
        data.put("elpis.digest", digest.hex());
        data.put("elpis.tombstone_floor", Long.toString(tombstoneFloor));
        data.put("elpis.apply_logic", Integer.toString(applyLogic));
        data.put("elpis.mapping_version", Long.toString(mapping.version()));
        data.put("elpis.mapping", mapping.mapping().toStringUtf8());
        data.put("elpis.analysis", mapping.analysis().toStringUtf8());
        data.put("elpis.audit_marks", marks.toText());
        data.put("elpis.outcomes", OutcomeWindowFormat.write(outcomes));
        return data;
    }

    /**
     * @throws EarlierFormatException when an earlier version wrote the data
     * @throws IOException when the data is not that of a copy, or of a format this version cannot read
     */
    static CommitPoint fromUserData(Map<String, String> data) throws IOException {
        String format = data.get("elpis.format");
        if (FIRST_FORMAT.equals(format)) {
            throw new EarlierFormatException("commit data of format " + format + " has no digest");
        }
        if (!FORMAT.equals(format)) {
            throw new IOException("commit data of format " + format);
        }
        LogIdentity log = new LogIdentity(
                new ShardId(IndexUuid.ofHex(text(data, "elpis.index")), (int) number(data, "elpis.shard")),
                UUID.fromString(text(data, "elpis.topic_id")),
                number(data, "elpis.generation"));
        MappingState mapping = new MappingState(
                number(data, "elpis.mapping_version"),
                ByteString.copyFromUtf8(text(data, "elpis.mapping")),
                ByteString.copyFromUtf8(text(data, "elpis.analysis")));
        return new CommitPoint(
                log,
                number(data, "elpis.next_offset"),
                (int) number(data, "elpis.leader_epoch"),
                number(data, "elpis.next_seq_no"),
                number(data, "elpis.documents"),
                digest(data),
                number(data, "elpis.tombstone_floor"),
                (int) number(data, "elpis.apply_logic"),
                mapping,
                AuditMarks.ofText(text(data, "elpis.audit_marks")),
                OutcomeWindowFormat.read(text(data, "elpis.outcomes")));
    }

    private static Digest digest(Map<String, String> data) throws IOException {
        try {
            return Digest.ofHex(text(data, "elpis.digest"));
        } catch (IllegalArgumentException unreadable) {
            throw new IOException("commit data with unreadable digest", unreadable);
        }
    }

    private static long number(Map<String, String> data, String key) throws IOException {
        return Long.parseLong(text(data, key));
    }

    private static String text(Map<String, String> data, String key) throws IOException {
        String value = data.get(key);
        if (value == null) {
            throw new IOException("commit data without " + key);
        }
        return value;
    }
}
