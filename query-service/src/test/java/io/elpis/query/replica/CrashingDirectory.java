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
        IndexOutput output = super.createOutput(name, context);
        synchronized (this) {
            unsynced.add(name);
        }
        return output;
    }

    @Override
    public IndexOutput createTempOutput(String prefix, String suffix, IOContext context) throws IOException {
        operate();
        IndexOutput output = super.createTempOutput(prefix, suffix, context);
        synchronized (this) {
            unsynced.add(output.getName());
        }
        return output;
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
    public void rename(String source, String dest) throws IOException {
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
    public void deleteFile(String name) throws IOException {
        operate();
        super.deleteFile(name);
    }

    @Override
    public void close() {}
}
