package io.elpis.index.ingest;

import com.google.protobuf.ByteString;
import io.elpis.index.catalog.CatalogIndex;
import io.elpis.protocol.record.IdempotentOp;
import io.elpis.protocol.record.OpId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names the operations of a request under an {@code Idempotency-Key} by all that they say, not by their places: whoever
 * sends only some of them again is told of those, and what another operation under that key became is told of no one
 * else. Of several that say the same, the first is the first.
 */
final class RepeatNames implements OpNaming {
    private record Name(ByteString what, int nth) {}

    private final IdempotencyKey key;
    private final List<Name> names;

    RepeatNames(IdempotencyKey key, List<WriteRequest> requests) {
        this.key = key;
        this.names = new ArrayList<>(requests.size());
        Map<ByteString, Integer> seen = new HashMap<>();
        for (WriteRequest request : requests) {
            ByteString what = digest(request);
            names.add(new Name(what, seen.merge(what, 1, Integer::sum) - 1));
        }
    }

    @Override
    public OpId name(CatalogIndex index, int position) {
        Name name = names.get(position);
        return OpId.newBuilder()
                .setIdempotent(IdempotentOp.newBuilder()
                        .setKey(key.within(index.uuid(), name.what.asReadOnlyByteBuffer()))
                        .setPosition(name.nth))
                .build();
    }

    private static ByteString digest(WriteRequest request) {
        MessageDigest digest = IdempotencyKey.sha256();
        text(digest, request.kind().action());
        text(digest, request.index());
        text(digest, request.id());
        text(digest, request.routing());
        part(
                digest,
                request.condition() == null
                        ? null
                        : BodyPart.whole(request.condition().toByteArray()));
        switch (request.content()) {
            case WriteContent.Nothing() -> {}
            case WriteContent.Document(BodyPart source) -> part(digest, source);
            case WriteContent.Change(BodyPart doc, BodyPart upsert, boolean docAsUpsert, boolean detectNoop) -> {
                part(digest, doc);
                part(digest, upsert);
                digest.update((byte) (docAsUpsert ? 1 : 0));
                digest.update((byte) (detectNoop ? 1 : 0));
            }
        }
        return ByteString.copyFrom(digest.digest());
    }

    private static void text(MessageDigest digest, @Nullable String text) {
        part(digest, text == null ? null : BodyPart.whole(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** With its length, so that no other parts read the same. */
    private static void part(MessageDigest digest, @Nullable BodyPart part) {
        digest.update(
                ByteBuffer.allocate(4).putInt(part == null ? -1 : part.length()).array());
        if (part != null) {
            digest.update(part.bytes(), part.offset(), part.length());
        }
    }
}
