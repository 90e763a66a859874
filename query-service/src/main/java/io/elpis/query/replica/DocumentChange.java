package io.elpis.query.replica;

import io.elpis.protocol.record.DocumentOperation;
import io.elpis.query.lucene.DocumentBuilder;
import org.apache.lucene.util.BytesRef;

/**
 * An operation whose condition holds, and what it finds.
 *
 * @param id in UTF-8, with an array of its own
 */
record DocumentChange(DocumentOperation operation, BytesRef id, DocumentState found) {

    /** What the operation stamps on the document it leaves behind. */
    DocumentBuilder.Stamp stamp(ShardState state) {
        return new DocumentBuilder.Stamp(
                id, state.nextSeqNo(), Conditions.version(operation.getCondition(), found), state.generation());
    }
}
