package io.elpis.query.replica;

import io.elpis.protocol.letter.DeadLetter;
import io.elpis.protocol.record.OpId;
import io.elpis.query.lucene.SchemaAnalyzer;
import io.elpis.query.lucene.SmallBlocksCodec;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.KeepOnlyLastCommitDeletionPolicy;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.SnapshotDeletionPolicy;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * One copy of a shard: a Lucene index and the state that goes with it, made by applying the shard's log.
 *
 * <p>One thread at a time applies; any thread may commit, refresh, get, follow outcomes or acquire views. After an
 * exception from {@link #apply}, {@link #commit} or {@link #refresh} the copy is of no use but to be closed: nothing may
 * be skipped. Opened again it continues from its last commit.
 */
public final class ShardCopy implements Closeable {
    private final Directory directory;
    private final SnapshotDeletionPolicy commits = new SnapshotDeletionPolicy(new KeepOnlyLastCommitDeletionPolicy());
    private final CopySettings settings;
    private final CommittingWriter writer;
    private final ShardState state;
    private final LiveDocuments live = new LiveDocuments();
    private final ShardReaders readers;
    private final RecordApplier applier;
    private final PendingLetters letters;

    /** Held while records are applied, and by a commit until its content is settled. Fair: neither starves the other. */
    private final ReentrantLock boundary = new ReentrantLock(true);

    private final ReentrantLock committing = new ReentrantLock();
    private volatile long committedOffset;
    private volatile long bytesSinceCommit;
    private volatile long liveBytes;
    private boolean closed;

    private ShardCopy(
            Directory directory,
            CommitPoint from,
            CopySettings settings,
            SchemaReader schemas,
            PendingLetters letters,
            ApplyLogic logic)
            throws IOException {
        this.directory = directory;
        this.settings = settings;
        this.letters = letters;
        this.liveBytes = settings.liveBytes();
        this.state = new ShardState(from, schemas, logic);
        this.committedOffset = from.nextOffset();
        this.writer = new CommittingWriter(directory, config());
        try {
            this.readers = new ShardReaders(writer, state, live);
            this.applier = new RecordApplier(writer, state, live, readers, letters);
        } catch (IOException | RuntimeException e) {
            IOUtils.closeWhileHandlingException(writer);
            throw e;
        }
    }

    /**
     * Opens the copy in a directory: from its last commit, or empty where there is none.
     *
     * @throws ForeignLogException when the directory holds a copy made of another log
     * @throws IOException when the directory cannot be read; a {@code CorruptIndexException} among others
     */
    public static ShardCopy open(
            Directory directory, LogIdentity log, CopySettings settings, SchemaReader schemas, DeadLetterOutbox outbox)
            throws IOException {
        return open(directory, log, settings, schemas, outbox, ApplyLogic.LATEST);
    }

    static ShardCopy open(Directory directory, LogIdentity log, CopySettings settings, SchemaReader schemas)
            throws IOException {
        return open(directory, log, settings, schemas, DeadLetterOutbox.NOWHERE);
    }

    static ShardCopy open(
            Directory directory, LogIdentity log, CopySettings settings, SchemaReader schemas, ApplyLogic logic)
            throws IOException {
        return open(directory, log, settings, schemas, DeadLetterOutbox.NOWHERE, logic);
    }

    static ShardCopy open(
            Directory directory,
            LogIdentity log,
            CopySettings settings,
            SchemaReader schemas,
            DeadLetterOutbox outbox,
            ApplyLogic logic)
            throws IOException {
        Map<String, String> data = DirectoryReader.indexExists(directory)
                ? SegmentInfos.readLatestCommit(directory).getUserData()
                : null;
        CommitPoint from = data == null ? CommitPoint.start(log) : CommitPoint.fromUserData(data);
        if (!from.log().equals(log)) {
            throw new ForeignLogException("copy of " + from.log() + ", not of " + log);
        }
        PendingLetters letters = new PendingLetters(outbox, data == null ? List.of() : DeadLetters.read(data));
        return new ShardCopy(directory, from, settings, schemas, letters, logic);
    }

    private IndexWriterConfig config() {
        return new IndexWriterConfig(new SchemaAnalyzer(state::schema))
                .setOpenMode(OpenMode.CREATE_OR_APPEND)
                .setCodec(new SmallBlocksCodec())
                .setIndexDeletionPolicy(commits)
                .setRAMBufferSizeMB(settings.ramBufferBytes() / (1024.0 * 1024.0))
                .setMergeScheduler(new ShardMerges())
                .setCommitOnClose(false)
                // Loads of small segments are merged by the policy anyway; merging them before a commit only delays it.
                .setMaxFullFlushMergeWaitMillis(0);
    }

    /**
     * Applies entries in order. Entries before {@link #nextOffset} are passed over: they are applied already.
     *
     * @throws IOException when the copy cannot go on
     */
    public void apply(List<LogEntry> entries) throws IOException {
        boundary.lock();
        try {
            for (LogEntry entry : entries) {
                applyInOrder(entry);
            }
        } finally {
            boundary.unlock();
        }
        if (live.bytes() > liveBytes) {
            readers.refreshInternal();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // under the boundary
    private void applyInOrder(LogEntry entry) throws IOException {
        long expected = state.nextOffset();
        if (entry.offset() < expected) {
            return;
        }
        if (entry.offset() > expected) {
            throw new IOException("the log goes on at offset " + entry.offset() + " instead of " + expected);
        }
        applier.apply(entry);
        bytesSinceCommit += entry.value().length;
    }

    /**
     * Makes all that is applied durable, at a record boundary.
     *
     * @return whether there was anything to commit, and nothing against it
     */
    public boolean commit() throws IOException {
        committing.lock();
        try {
            return commitAtBoundary();
        } finally {
            committing.unlock();
        }
    }

    private boolean commitAtBoundary() throws IOException {
        CommitPoint point;
        boundary.lock();
        try {
            if (state.begunOffset() != state.nextOffset()) {
                throw new IOException("the record at offset " + state.nextOffset() + " was left half applied");
            }
            if (state.nextOffset() == committedOffset) {
                return false;
            }
            List<DeadLetter> unsent = letters.toCommit();
            if (unsent == null) {
                return false;
            }
            point = state.toCommitPoint();
            Map<String, String> data = point.toUserData();
            DeadLetters.write(unsent, data);
            bytesSinceCommit = 0;
            writer.prepareCommit(data, boundary::unlock);
        } finally {
            if (boundary.isHeldByCurrentThread()) {
                boundary.unlock();
            }
        }
        writer.commit();
        committedOffset = point.nextOffset();
        return true;
    }

    /** Sends dead letters again that did not get through. */
    void retryLetters(long now) {
        letters.retry(now);
    }

    /**
     * Keeps the last commit as it is on disk until the result is closed. Makes one first where there is none.
     *
     * @return null while the copy holds nothing
     */
    public @Nullable HeldCommit holdCommit() throws IOException {
        if (committedOffset == 0) {
            commit();
        }
        return committedOffset == 0 ? null : new HeldCommit(directory, commits, writer);
    }

    /** What the copy held at an audit's barrier; null when it has not passed it, or passed too many since. */
    public @Nullable AuditMark auditMark(long offset) {
        return state.marks().at(offset);
    }

    /** Uses at most so much memory for what is not in a segment yet, and no more than its settings say. */
    public void limitMemory(long bytes) {
        long each = Math.max(1 << 20, bytes / 2);
        liveBytes = Math.min(each, settings.liveBytes());
        writer.getConfig().setRAMBufferSizeMB(Math.min(each, settings.ramBufferBytes()) / (1024.0 * 1024.0));
    }

    /** Lets searches see all that is applied. */
    public void refresh() throws IOException {
        readers.refreshVisible();
    }

    /** What searches see now. The caller releases it. */
    public CopyView acquire() {
        return readers.acquireVisible();
    }

    /** The document as the last applied record left it; null when there is none. */
    public @Nullable StoredDocument get(String id) throws IOException {
        LiveDocuments.Entry entry = live.find(id);
        if (entry == null) {
            DirectoryReader reader = readers.acquireInternal();
            try {
                return DocumentReader.read(reader, id);
            } finally {
                reader.decRef();
            }
        }
        DocumentState found = entry.state();
        return found.exists()
                ? new StoredDocument(
                        entry.source(), entry.routing(), found.version(), found.seqNo(), found.primaryTerm())
                : null;
    }

    /**
     * Outcomes in log order, from an offset on.
     *
     * @return null when that offset has left the outcome window
     */
    public @Nullable List<PositionedOutcome> outcomes(long from, int limit) {
        List<OutcomeWindow.Entry> entries = state.outcomes.from(from, limit);
        return entries == null
                ? null
                : entries.stream()
                        .map(entry -> new PositionedOutcome(entry.offset(), entry.outcome()))
                        .toList();
    }

    /** @throws io.elpis.query.lucene.PoisonException when the op-id names nothing */
    public FoundOutcome outcome(OpId opId) {
        // Read first: what is applied by then is in the window or has left it.
        long next = state.nextOffset();
        OutcomeWindow.Memory memory = state.outcomes.remember(OpKey.of(opId));
        OutcomeWindow.Entry entry = memory.entry();
        return new FoundOutcome(
                entry == null ? null : new PositionedOutcome(entry.offset(), entry.outcome()), memory.start(), next);
    }

    /** Whether the index can still be written: false after a failure in the background too. */
    public boolean isWritable() {
        return writer.isOpen();
    }

    /** What closed the index to writing; null while nothing has. */
    @Nullable
    Throwable tragedy() {
        return writer.getTragicException();
    }

    public LogIdentity log() {
        return state.log();
    }

    /** Of the next record to apply. */
    public long nextOffset() {
        return state.nextOffset();
    }

    /** Nothing of the records from this offset on is in the copy yet; above {@link #nextOffset} while one is applied. */
    public long begunOffset() {
        return state.begunOffset();
    }

    /** Of the last applied record; -1 when unknown. For whoever feeds the copy, between two calls of {@code apply}. */
    public int leaderEpoch() {
        return state.leaderEpoch();
    }

    /** Of the next record that searches do not see. */
    public long visibleOffset() {
        return readers.visibleOffset();
    }

    public long committedOffset() {
        return committedOffset;
    }

    /** Log applied since the last commit. */
    public long bytesSinceCommit() {
        return bytesSinceCommit;
    }

    /** Of the next record that changes a document. */
    public long nextSeqNo() {
        return state.nextSeqNo();
    }

    /** Tombstones of lower sequence numbers were dropped. */
    public long firstTombstone() {
        return state.tombstoneFloor() + 1;
    }

    /** Live documents, as applied. */
    public long documents() {
        return state.documents();
    }

    public long sizeInBytes() throws IOException {
        long size = 0;
        try {
            for (String file : directory.listAll()) {
                size += directory.fileLength(file);
            }
        } catch (NoSuchFileException | FileNotFoundException gone) {
            // A merge removed it meanwhile; the next look sees its successor.
            return size;
        }
        return size;
    }

    /** All of the state beside the documents. */
    CommitPoint snapshot() {
        boundary.lock();
        try {
            return state.toCommitPoint();
        } finally {
            boundary.unlock();
        }
    }

    /** Ends without committing: what is not committed is applied again from the log. */
    @Override
    public void close() throws IOException {
        boundary.lock();
        try {
            if (!closed) {
                closed = true;
                IOUtils.close(applier, readers, writer::rollback, directory);
            }
        } finally {
            boundary.unlock();
        }
    }
}
