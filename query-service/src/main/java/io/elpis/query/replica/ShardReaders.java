package io.elpis.query.replica;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.AlreadyClosedException;

/**
 * The open readers of a copy. The <em>internal</em> one is as new as the last refresh of any kind and serves lookups by
 * id; the <em>visible</em> one serves searches and moves only when documents are meant to become visible.
 */
final class ShardReaders implements Closeable {
    private final IndexWriter writer;
    private final ShardState state;
    private final LiveDocuments live;
    private final ReentrantLock refreshing = new ReentrantLock();

    private volatile DirectoryReader internal;
    private volatile CopyView visible;

    ShardReaders(IndexWriter writer, ShardState state, LiveDocuments live) throws IOException {
        this.writer = writer;
        this.state = state;
        this.live = live;
        this.internal = DirectoryReader.open(writer);
        this.visible = view(state.nextOffset(), state.nextOffset());
    }

    /** A reference to the internal reader; the caller gives it back with {@code decRef}. */
    DirectoryReader acquireInternal() {
        while (true) {
            DirectoryReader reader = internal;
            if (reader.tryIncRef()) {
                return reader;
            }
            if (reader == internal) {
                throw new AlreadyClosedException("the copy is closed");
            }
        }
    }

    DirectoryReader internal() {
        return internal;
    }

    CopyView acquireVisible() {
        while (true) {
            CopyView view = visible;
            if (view.tryAcquire()) {
                return view;
            }
            if (view == visible) {
                throw new AlreadyClosedException("the copy is closed");
            }
        }
    }

    long visibleOffset() {
        return visible.nextOffset();
    }

    /** Lets lookups by id see all that is applied, and forgets it as live. */
    void refreshInternal() throws IOException {
        refreshing.lock();
        try {
            live.beforeRefresh();
            DirectoryReader newer = DirectoryReader.openIfChanged(internal, writer);
            if (newer != null) {
                DirectoryReader older = internal;
                internal = newer;
                older.decRef();
            }
            live.afterRefresh();
        } finally {
            refreshing.unlock();
        }
    }

    /** Lets searches see all that is applied. */
    void refreshVisible() throws IOException {
        refreshing.lock();
        try {
            long covered = state.nextOffset();
            if (covered == visible.nextOffset()) {
                return;
            }
            refreshInternal();
            CopyView older = visible;
            // Records go on being applied while the reader opens, and some of them may be in it.
            visible = view(covered, state.begunOffset());
            older.release();
        } finally {
            refreshing.unlock();
        }
    }

    private CopyView view(long covered, long seen) throws IOException {
        internal.incRef();
        try {
            return new CopyView(internal, state::schema, covered, seen);
        } catch (IOException | RuntimeException e) {
            internal.decRef();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        refreshing.lock();
        try {
            visible.release();
            internal.decRef();
        } finally {
            refreshing.unlock();
        }
    }
}
