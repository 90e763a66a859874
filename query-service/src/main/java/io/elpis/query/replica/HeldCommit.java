package io.elpis.query.replica;

import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexCommit;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.SnapshotDeletionPolicy;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;

/** A commit whose files stay until it is closed, whatever the copy does meanwhile; the end of the copy excepted. */
public final class HeldCommit implements Closeable {
    private final Directory directory;
    private final SnapshotDeletionPolicy commits;
    private final IndexWriter writer;
    private final IndexCommit commit;

    HeldCommit(Directory directory, SnapshotDeletionPolicy commits, IndexWriter writer) throws IOException {
        this.directory = directory;
        this.commits = commits;
        this.writer = writer;
        this.commit = commits.snapshot();
    }

    /**
     * What the commit says of its documents.
     *
     * @param nextOffset of the first record that is not in the commit
     * @param documents live ones
     */
    public record Claim(long nextOffset, long nextSeqNo, long documents, Digest digest) {}

    public Directory directory() {
        return directory;
    }

    public Collection<String> files() throws IOException {
        return commit.getFileNames();
    }

    /** Reads the commit, and with it which documents are live, from the disk. The caller closes the reader. */
    public DirectoryReader open() throws IOException {
        return DirectoryReader.open(commit);
    }

    /** @param reader as {@link #open} gave it */
    public static Claim claim(DirectoryReader reader) throws IOException {
        CommitPoint point = CommitPoint.fromUserData(reader.getIndexCommit().getUserData());
        return new Claim(point.nextOffset(), point.nextSeqNo(), point.documents(), point.digest());
    }

    @Override
    public void close() throws IOException {
        commits.release(commit);
        try {
            writer.deleteUnusedFiles();
        } catch (AlreadyClosedException ended) {
            // The copy is opened without the files that are left over.
        }
    }
}
