package io.elpis.query.replica;

import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * A live document as a copy holds it.
 *
 * @param source null for a tombstone; shared, not to be changed
 * @param routing empty where the id itself routed the document
 */
public record StoredDocument(@Nullable BytesRef source, String routing, long version, long seqNo, long primaryTerm) {}
