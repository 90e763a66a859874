package io.elpis.query.replica;

import com.google.protobuf.ByteString;
import io.elpis.protocol.record.Barrier;
import io.elpis.query.lucene.PoisonException;
import io.elpis.query.lucene.Schema;
import java.io.IOException;
import org.apache.lucene.util.BytesRef;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A copy's state beside its documents, as it changes from record to record. Written by whoever holds the copy's record
 * boundary; what others read is volatile.
 */
final class ShardState {
    private static final Logger LOG = LoggerFactory.getLogger(ShardState.class);

    private final LogIdentity log;
    private final SchemaReader schemas;
    private final ApplyLogic logic;
    final OutcomeWindow outcomes;

    private volatile long nextOffset;
    private volatile long begunOffset;
    private volatile long documents;
    private volatile Schema schema;
    private volatile AuditMarks marks;
    private Digest digest;
    private int leaderEpoch;
    private volatile long nextSeqNo;
    private volatile long tombstoneFloor;
    private int applyLogic = 1;
    private MappingState mapping;

    ShardState(CommitPoint from, SchemaReader schemas, ApplyLogic logic) throws IOException {
        this.log = from.log();
        this.schemas = schemas;
        this.logic = logic;
        this.outcomes = new OutcomeWindow(logic.outcomeDistance());
        from.outcomes().forEach(outcomes::add);
        outcomes.evictBefore(from.nextOffset());
        this.nextOffset = from.nextOffset();
        this.begunOffset = from.nextOffset();
        this.documents = from.documents();
        this.digest = from.digest();
        this.marks = from.marks();
        this.leaderEpoch = from.leaderEpoch();
        this.nextSeqNo = from.nextSeqNo();
        this.tombstoneFloor = from.tombstoneFloor();
        raiseApplyLogic(from.applyLogic());
        this.mapping = from.mapping();
        this.schema = schemas.read(mapping);
    }

    CommitPoint toCommitPoint() {
        return new CommitPoint(
                log,
                nextOffset,
                leaderEpoch,
                nextSeqNo,
                documents,
                digest,
                tombstoneFloor,
                applyLogic,
                mapping,
                marks,
                outcomes.entries());
    }

    LogIdentity log() {
        return log;
    }

    long generation() {
        return log.generation();
    }

    /** Of the next record to apply: all before it is in the index. */
    long nextOffset() {
        return nextOffset;
    }

    /** Of the next record to begin with: nothing of it, or of later ones, is in the index. */
    long begunOffset() {
        return begunOffset;
    }

    int leaderEpoch() {
        return leaderEpoch;
    }

    long documents() {
        return documents;
    }

    long nextSeqNo() {
        return nextSeqNo;
    }

    long tombstoneFloor() {
        return tombstoneFloor;
    }

    Schema schema() {
        return schema;
    }

    /** The document or tombstone that was {@code before} is now {@code after}. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void changed(BytesRef id, DocumentState before, DocumentState after) {
        nextSeqNo++;
        documents += (after.exists() ? 1 : 0) - (before.exists() ? 1 : 0);
        digest = digest.minus(before.digest(id)).plus(after.digest(id));
    }

    /** Remembers what the copy holds at this barrier. */
    void mark(long offset, Barrier barrier) {
        marks = marks.with(new AuditMark(
                offset, ByteString.copyFrom(barrier.getBarrierId().toByteArray()), digest, documents, nextSeqNo));
    }

    AuditMarks marks() {
        return marks;
    }

    /** Keeps the highest version that can be read; operations of a higher one are rejected. */
    void read(MappingState read) {
        if (read.version() <= mapping.version()) {
            return;
        }
        try {
            schema = schemas.read(read);
            mapping = read;
        } catch (UnreadableMappingException unreadable) {
            LOG.atError()
                    .setCause(unreadable)
                    .addKeyValue("alarm", "mapping_unreadable")
                    .addKeyValue("shard", log.shard())
                    .addKeyValue("version", read.version())
                    .log("mapping cannot be read, its documents are rejected");
        }
    }

    long mappingVersion() {
        return mapping.version();
    }

    /**
     * A lower version than that in force changes nothing.
     *
     * @param version without a sign
     * @throws IOException when this node does not have that version: it cannot go on in this log
     */
    void raiseApplyLogic(int version) throws IOException {
        if (Integer.compareUnsigned(version, logic.version()) > 0) {
            throw new IOException("the log asks for apply logic " + Integer.toUnsignedString(version)
                    + ", this node has " + logic.version());
        }
        applyLogic = Math.max(applyLogic, version);
    }

    /** @throws PoisonException when the version in force is lower */
    void requireApplyLogic(int version, String what) {
        if (applyLogic < version) {
            throw new PoisonException("illegal_argument_exception", what + " need a later apply logic");
        }
    }

    void raiseTombstoneFloor(long upToSeqNo) {
        tombstoneFloor = Math.max(tombstoneFloor, upToSeqNo);
    }

    /** The record is being applied from now on: some of it may be in the index before the boundary moves. */
    void begins(LogEntry entry) {
        begunOffset = entry.offset() + 1;
    }

    /** The record is done: the boundary moves behind it. */
    void passed(LogEntry entry) {
        leaderEpoch = entry.leaderEpoch();
        outcomes.evictBefore(entry.offset() + 1);
        nextOffset = entry.offset() + 1;
    }
}
