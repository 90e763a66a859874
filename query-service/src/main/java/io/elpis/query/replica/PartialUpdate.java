package io.elpis.query.replica;

import com.google.protobuf.ByteString;
import io.elpis.model.document.DocumentParser;
import io.elpis.model.document.ParsedDocument;
import io.elpis.model.document.SourceMerge;
import io.elpis.model.error.ElpisException;
import io.elpis.model.schema.Mapping;
import io.elpis.protocol.record.UpdateAction;
import io.elpis.query.lucene.PoisonException;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * What a partial update comes to: a pure function of the update, the document it finds and the mapping. The mapping is
 * not extended, for copies could not agree on it: the writer has announced what the update's own parts need.
 */
sealed interface PartialUpdate {
    /** A document takes the place of what is there. */
    record Store(ParsedDocument document) implements PartialUpdate {}

    /** The document is as the update wants it. */
    record Unchanged() implements PartialUpdate {}

    /** There is no document, and the update brought none to store instead. */
    record Missing() implements PartialUpdate {}

    /** Bytes of a merged document; without a limit, one update after the other could fill any memory. */
    int LARGEST_DOCUMENT = 32 << 20;

    /**
     * @param source of the document; null where there is none
     * @throws PoisonException when what is to be stored is no document or does not fit the mapping
     */
    static PartialUpdate of(UpdateAction update, String id, @Nullable BytesRef source, Mapping mapping) {
        try {
            return source == null ? absent(update, id, mapping) : present(update, id, source, mapping);
        } catch (PoisonException poison) {
            throw poison;
        } catch (ElpisException unfit) {
            throw new PoisonException(unfit.code().type(), unfit.reason());
        } catch (RuntimeException fault) {
            throw PoisonException.of(fault);
        }
    }

    private static PartialUpdate absent(UpdateAction update, String id, Mapping mapping) {
        boolean docStands = update.getDocAsUpsert() && !update.getDoc().isEmpty();
        ByteString stored = docStands ? update.getDoc() : update.getUpsert();
        return stored.isEmpty()
                ? new Missing()
                : new Store(DocumentParser.parseKnown(mapping, id, stored.toByteArray()));
    }

    private static PartialUpdate present(UpdateAction update, String id, BytesRef source, Mapping mapping) {
        if (update.getDoc().isEmpty()) {
            throw new PoisonException("illegal_argument_exception", "update of a document without [doc]");
        }
        SourceMerge.Merged merged =
                SourceMerge.merge(bytes(source), update.getDoc().toByteArray());
        if (update.getDetectNoop() && !merged.changed()) {
            return new Unchanged();
        }
        if (merged.source().length > LARGEST_DOCUMENT) {
            throw new PoisonException(
                    "illegal_argument_exception",
                    "the updated document has [" + merged.source().length + "] bytes, more than [" + LARGEST_DOCUMENT
                            + "]");
        }
        return new Store(DocumentParser.parseKnown(mapping, id, merged.source()));
    }

    private static byte[] bytes(BytesRef source) {
        boolean whole = source.offset == 0 && source.length == source.bytes.length;
        return whole ? source.bytes : BytesRef.deepCopyOf(source).bytes;
    }
}
