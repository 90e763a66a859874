package io.elpis.query.replica;

import java.io.IOException;
import java.util.Map;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.Directory;
import org.jspecify.annotations.Nullable;

/**
 * An index writer that says when a commit's content is settled. Lucene takes the commit data late, after it has flushed
 * the documents; so data and documents fit together only if nothing is written in between, and whoever writes may go on
 * from {@code doAfterFlush} on, when the segment list is cloned.
 */
final class CommittingWriter extends IndexWriter {
    private volatile @Nullable Thread committer;
    private @Nullable Runnable onSettled;

    CommittingWriter(Directory directory, IndexWriterConfig config) throws IOException {
        super(directory, config);
    }

    /**
     * Prepares a commit with this data.
     *
     * @param settled called by this thread when later changes no longer get into the commit
     */
    void prepareCommit(Map<String, String> data, Runnable settled) throws IOException {
        onSettled = settled;
        committer = Thread.currentThread();
        try {
            setLiveCommitData(data.entrySet(), true);
            prepareCommit();
        } finally {
            committer = null;
            onSettled = null;
        }
    }

    @Override
    protected void doAfterFlush() {
        // Other threads flush too, to open a reader: those flushes settle nothing.
        if (Thread.currentThread() == committer && onSettled != null) {
            onSettled.run();
            onSettled = null;
        }
    }
}
