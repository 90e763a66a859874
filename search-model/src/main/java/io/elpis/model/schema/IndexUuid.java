package io.elpis.model.schema;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/** Names one index for ever: a later index of the same name has another. */
public record IndexUuid(UUID value) implements Comparable<IndexUuid> {

    /** @param bytes 16, most significant first */
    public static IndexUuid ofBytes(byte[] bytes) {
        if (bytes.length != 16) {
            throw new IllegalArgumentException("an index UUID has 16 bytes, not " + bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new IndexUuid(new UUID(buffer.getLong(), buffer.getLong()));
    }

    /** @param hex 32 hexadecimal digits, as {@link #hex} prints them */
    public static IndexUuid ofHex(String hex) {
        if (hex.length() != 32) {
            throw new IllegalArgumentException("not an index UUID: " + hex);
        }
        return new IndexUuid(new UUID(Long.parseUnsignedLong(hex, 0, 16, 16), Long.parseUnsignedLong(hex, 16, 32, 16)));
    }

    /** @param text 22 characters, as {@link #text} prints them */
    public static IndexUuid ofText(String text) {
        return ofBytes(Base64.getUrlDecoder().decode(text));
    }

    /** 16 bytes, most significant first. */
    public byte[] bytes() {
        return ByteBuffer.allocate(16)
                .putLong(value.getMostSignificantBits())
                .putLong(value.getLeastSignificantBits())
                .array();
    }

    /** 32 hexadecimal digits: fit for topic names and keys. */
    public String hex() {
        return String.format("%016x%016x", value.getMostSignificantBits(), value.getLeastSignificantBits());
    }

    /** 22 characters of URL-safe base 64, as OpenSearch prints index UUIDs. */
    public String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes());
    }

    @Override
    public int compareTo(IndexUuid other) {
        int high = Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
    }

    @Override
    public String toString() {
        return text();
    }
}
