package io.elpis.query.replica;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;

/**
 * A digest of a set of documents: the sum of a 128-bit hash of each, so that the order in which they came does not matter
 * and one can be taken out again. Guards against accidents, not against forgers. Commits hold it, and the hash of the
 * content is part of every document.
 */
public record Digest(long high, long low) {
    public static final Digest EMPTY = new Digest(0, 0);

    private static final int SOURCE_SEED = 0;
    private static final int ROUTING_SEED = 1;
    private static final int DOCUMENT_SEED = 2;
    private static final int NUMBERS = 4 * Long.BYTES;

    /** Of one document. @param content as {@link #content} gave it */
    public static Digest of(BytesRef id, long seqNo, long version, long primaryTerm, long content) {
        byte[] document = ByteBuffer.allocate(NUMBERS + id.length)
                .putLong(seqNo)
                .putLong(version)
                .putLong(primaryTerm)
                .putLong(content)
                .put(id.bytes, id.offset, id.length)
                .array();
        long[] hash = StringHelper.murmurhash3_x64_128(document, 0, document.length, DOCUMENT_SEED);
        return new Digest(hash[0], hash[1]);
    }

    /** Hash of what a caller stored: the source byte for byte, and the routing value. */
    public static long content(BytesRef source, String routing) {
        long hash = StringHelper.murmurhash3_x64_128(source.bytes, source.offset, source.length, SOURCE_SEED)[0];
        if (routing.isEmpty()) {
            return hash;
        }
        byte[] bytes = routing.getBytes(StandardCharsets.UTF_8);
        return hash + StringHelper.murmurhash3_x64_128(bytes, 0, bytes.length, ROUTING_SEED)[0];
    }

    public Digest plus(Digest other) {
        long sum = low + other.low;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        return new Digest(high + other.high + carry, sum);
    }

    Digest minus(Digest other) {
        long borrow = Long.compareUnsigned(low, other.low) < 0 ? 1 : 0;
        return new Digest(high - other.high - borrow, low - other.low);
    }

    /** 32 hexadecimal digits. */
    public String hex() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }

    /** @throws IllegalArgumentException for what {@link #hex} has not written */
    static Digest ofHex(String hex) {
        if (hex.length() != 32) {
            throw new IllegalArgumentException("digest of " + hex.length() + " digits");
        }
        return new Digest(HexFormat.fromHexDigitsToLong(hex, 0, 16), HexFormat.fromHexDigitsToLong(hex, 16, 32));
    }

    /** Short enough for people to compare: half as many digits as there are. */
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high ^ Long.rotateLeft(low, 32));
    }
}
