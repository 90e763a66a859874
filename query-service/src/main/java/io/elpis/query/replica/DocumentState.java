package io.elpis.query.replica;

import org.apache.lucene.util.BytesRef;

/**
 * What a copy knows of one id: a document, the tombstone of one, or nothing.
 *
 * @param seqNo of the last operation that changed it; -1 for nothing
 * @param version -1 for nothing
 * @param content hash of a document's source and routing; 0 without one
 * @param known whether the index may hold a Lucene document of this id, which a change has to replace
 */
record DocumentState(long seqNo, long version, long primaryTerm, long content, boolean exists, boolean known) {
    static final DocumentState NOTHING = new DocumentState(-1, -1, 0, 0, false, false);

    static DocumentState live(long seqNo, long version, long primaryTerm, long content) {
        return new DocumentState(seqNo, version, primaryTerm, content, true, true);
    }

    static DocumentState tombstone(long seqNo, long version, long primaryTerm) {
        return new DocumentState(seqNo, version, primaryTerm, 0, false, true);
    }

    /** The state as later operations see it when tombstones up to a sequence number were dropped. */
    DocumentState withTombstonesDropped(long upToSeqNo) {
        return known && !exists && seqNo <= upToSeqNo ? new DocumentState(-1, -1, 0, 0, false, true) : this;
    }

    /** What it adds to the digest of live documents. */
    Digest digest(BytesRef id) {
        return exists ? Digest.of(id, seqNo, version, primaryTerm, content) : Digest.EMPTY;
    }

    /** The version of the next change that does not bring its own. */
    long nextVersion() {
        return version < 0 ? 1 : version + 1;
    }
}
