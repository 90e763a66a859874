package io.elpis.query.replica;

import com.google.protobuf.ByteString;

/**
 * What a copy held when it passed an audit's barrier; the same on every copy.
 *
 * @param offset of the barrier
 * @param digest of the live documents
 * @param documents live ones
 */
public record AuditMark(long offset, ByteString barrierId, Digest digest, long documents, long nextSeqNo) {}
