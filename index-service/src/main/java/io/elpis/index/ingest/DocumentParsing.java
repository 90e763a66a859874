package io.elpis.index.ingest;

import com.google.protobuf.ByteString;
import io.elpis.index.catalog.Catalog;
import io.elpis.index.catalog.CatalogIndex;
import io.elpis.model.document.DocumentParser;
import io.elpis.model.document.ParseOutcome;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.Mapping;
import io.elpis.model.schema.MappingLimits;
import io.elpis.protocol.record.DocumentWire;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parses the documents of one index and puts the fields they bring into its mapping: all that a request brings in one
 * change. When another writer changed the mapping meanwhile, field numbers may differ, and all is parsed again. Each
 * document is packed as soon as it is parsed: its values as objects take twenty times their source, and more.
 */
final class DocumentParsing {
    private static final int ATTEMPTS = 10;

    private final Catalog catalog;

    DocumentParsing(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * @param index with the mapping whose field numbers the documents have
     * @param documents those that writes bring as a whole, packed
     */
    record Parsed(CatalogIndex index, Map<Write, ByteString> documents) {}

    /**
     * Documents that do not fit are refused, each for itself.
     *
     * @param room where the documents take theirs; what an earlier attempt took is given back
     */
    Parsed parse(CatalogIndex index, List<Write> all, ParsedRoom.Share room) {
        List<Write> writes = all.stream().filter(Write::isOpen).toList();
        CatalogIndex current = index;
        long before = room.taken();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            room.shrink(before);
            Map<Write, ByteString> documents = new IdentityHashMap<>(writes.size() * 2);
            Map<Write, ElpisException> unfit = new IdentityHashMap<>();
            Mapping base = current.mapping();
            Mapping extended = parse(current, writes, room, documents, unfit);
            if (extended != base) {
                current = catalog.extendMapping(current, newest -> newest.equals(base) ? extended : newest);
            }
            if (extended == base || current.mapping().equals(extended)) {
                unfit.forEach(Write::refuse);
                return new Parsed(current, documents);
            }
        }
        throw new ElpisException(
                ErrorCode.TOO_MANY_REQUESTS,
                "the mapping of [" + index.name() + "] changes too often at present; nothing was written");
    }

    private static Mapping parse(
            CatalogIndex index,
            List<Write> writes,
            ParsedRoom.Share room,
            Map<Write, ByteString> documents,
            Map<Write, ElpisException> unfit) {
        Mapping mapping = index.mapping();
        for (Write write : writes) {
            try {
                Mapping before = mapping;
                mapping = switch (write.request().content()) {
                    case WriteContent.Nothing() -> before;
                    case WriteContent.Document(BodyPart source) -> {
                        ParseOutcome outcome = parse(index, before, write.id(), source);
                        ByteString packed = DocumentWire.pack(outcome.document());
                        room.take(packed.size() - source.length());
                        documents.put(write, packed);
                        yield outcome.mapping();
                    }
                    case WriteContent.Change change -> extended(index, before, write.id(), change);
                };
            } catch (ElpisException e) {
                unfit.put(write, e);
            }
        }
        return mapping;
    }

    /** Copies parse the merged document with the log's mapping, so it must have all fields that either part brings. */
    private static Mapping extended(CatalogIndex index, Mapping mapping, String id, WriteContent.Change change) {
        Mapping extended = parse(index, mapping, id, change.doc()).mapping();
        return change.upsert() == null
                ? extended
                : parse(index, extended, id, change.upsert()).mapping();
    }

    /** @param id for errors */
    static ParseOutcome parse(CatalogIndex index, Mapping mapping, String id, BodyPart source) {
        ParseOutcome outcome = DocumentParser.parse(
                mapping,
                id,
                source.bytes(),
                source.offset(),
                source.length(),
                index.settings().totalFieldsLimit());
        if (outcome.mapping() != mapping) {
            MappingLimits.check(outcome.mapping(), mapping, index.settings());
        }
        return outcome;
    }
}
