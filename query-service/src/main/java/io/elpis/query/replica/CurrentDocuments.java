package io.elpis.query.replica;

import java.io.Closeable;
import java.io.IOException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** The documents as the last applied record left them, refreshed or not. For one thread at a time. */
final class CurrentDocuments implements Closeable {
    private final ShardState state;
    private final LiveDocuments live;
    private final ShardReaders readers;
    private @Nullable VersionLookup lookup;

    CurrentDocuments(ShardState state, LiveDocuments live, ShardReaders readers) {
        this.state = state;
        this.live = live;
        this.readers = readers;
    }

    /** One of them, good until the next is sought. At most one of {@code entry} and {@code place} is there. */
    record Current(DocumentState state, LiveDocuments.@Nullable Entry entry, VersionLookup.@Nullable Found place) {

        /** The document itself; null unless the state says that there is one. */
        @Nullable
        StoredDocument read() throws IOException {
            if (!state.exists()) {
                return null;
            }
            if (entry != null) {
                return new StoredDocument(
                        entry.source(), entry.routing(), state.version(), state.seqNo(), state.primaryTerm());
            }
            return place == null ? null : DocumentReader.verified(place.leaf().reader(), place.doc());
        }
    }

    Current find(String id, BytesRef idBytes) throws IOException {
        LiveDocuments.Entry entry = live.find(id);
        VersionLookup.Found place = entry == null ? lookup().find(idBytes) : null;
        DocumentState found = entry != null ? entry.state() : place != null ? place.state() : DocumentState.NOTHING;
        return new Current(found.withTombstonesDropped(state.tombstoneFloor()), entry, place);
    }

    /** Keeps the reader it looks into open until the next one. */
    private VersionLookup lookup() throws IOException {
        VersionLookup present = lookup;
        if (present != null && present.reader() == readers.internal()) {
            return present;
        }
        DirectoryReader reader = readers.acquireInternal();
        lookup = new VersionLookup(reader, present);
        if (present != null) {
            present.reader().decRef();
        }
        return lookup;
    }

    @Override
    public void close() throws IOException {
        if (lookup != null) {
            lookup.reader().decRef();
            lookup = null;
        }
    }
}
