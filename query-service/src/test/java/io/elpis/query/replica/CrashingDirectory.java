package io.elpis.query.replica;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.store.NoLockFactory;

/**
 * A disk that loses power before its n-th operation: from then on everything fails, and what was not synced is gone.
 */
final class CrashingDirectory extends FilterDirectory {
    static final class PowerLoss extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private record Rename(String from, String to) {}

    private final Set<String> unsynced = new HashSet<>();
    private final List<Rename> unsyncedRenames = new ArrayList<>();
    private long operationsLeft = Long.MAX_VALUE;
    private boolean lost;
    private boolean refusing;

    CrashingDirectory(Directory disk) {
        super(disk);
    }

    static Directory newDisk() {
        return new ByteBuffersDirectory(NoLockFactory.INSTANCE);
    }

    synchronized void crashBefore(long operation) {
        operationsLeft = operation;
    }

    synchronized boolean isLost() {
        return lost;
    }

    /** From now on, or no longer, files cannot be opened for reading. */
    synchronized void refuseOpening(boolean refuse) {
        refusing = refuse;
    }

    /** What would be on the disk if the power failed now, asked between two commits. */
    synchronized Directory synced() throws IOException {
        if (!unsyncedRenames.isEmpty()) {
            throw new IOException("a commit is under way");
        }
        Directory copy = newDisk();
        for (String file : in.listAll()) {
            if (!unsynced.contains(file)) {
                copy.copyFrom(in, file, file, IOContext.DEFAULT);
            }
        }
        return copy;
    }

    /** @param renamesSurvive whether renames that were not synced happened all the same */
    synchronized Directory diskAfterPowerLoss(boolean renamesSurvive) throws IOException {
        lost = true;
        if (!renamesSurvive) {
            for (Rename rename : unsyncedRenames.reversed()) {
                in.rename(rename.to(), rename.from());
            }
        }
        for (String file : in.listAll()) {
            if (unsynced.contains(file)) {
                in.deleteFile(file);
            }
        }
        return in;
    }

    private synchronized void operate() throws PowerLoss {
        if (operationsLeft-- <= 0) {
            lost = true;
        }
        if (lost) {
            throw new PowerLoss();
        }
    }

    @Override
    public IndexOutput createOutput(String name, IOContext context) throws IOException {
        operate();
        synchronized (this) {
            unsynced.add(name);
            return super.createOutput(name, context);
        }
    }

    @Override
    public IndexOutput createTempOutput(String prefix, String suffix, IOContext context) throws IOException {
        operate();
        synchronized (this) {
            IndexOutput output = super.createTempOutput(prefix, suffix, context);
            unsynced.add(output.getName());
            return output;
        }
    }

    @Override
    public void sync(Collection<String> names) throws IOException {
        for (String name : names) {
            operate();
            super.sync(List.of(name));
            synchronized (this) {
                unsynced.remove(name);
            }
        }
    }

    @Override
    public void syncMetaData() throws IOException {
        operate();
        super.syncMetaData();
        synchronized (this) {
            unsyncedRenames.clear();
        }
    }

    @Override
    public synchronized void rename(String source, String dest) throws IOException {
        operate();
        super.rename(source, dest);
        synchronized (this) {
            unsyncedRenames.add(new Rename(source, dest));
            if (unsynced.remove(source)) {
                unsynced.add(dest);
            }
        }
    }

    @Override
    public synchronized void deleteFile(String name) throws IOException {
        operate();
        super.deleteFile(name);
    }

    @Override
    public IndexInput openInput(String name, IOContext context) throws IOException {
        synchronized (this) {
            if (refusing) {
                throw new IOException("too many open files");
            }
        }
        return super.openInput(name, context);
    }

    @Override
    public void close() {}
}
