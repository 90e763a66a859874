package io.elpis.model.result;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The 64-bit hash of a document's id that breaks ties between hits: the first half of MurmurHash3 x64 128 (Austin
 * Appleby, public domain) of the id's UTF-8 bytes with seed 0. Compared unsigned. Indices store it: it never changes.
 */
public final class TieHash {
    private static final long C1 = 0x87c37b91114253d5L;
    private static final long C2 = 0x4cf5ad432745937fL;

    private TieHash() {}

    public static long of(String id) {
        return of(id.getBytes(StandardCharsets.UTF_8));
    }

    /** @param id UTF-8 */
    public static long of(byte[] id) {
        ByteBuffer data = ByteBuffer.wrap(id).order(ByteOrder.LITTLE_ENDIAN);
        long h1 = 0;
        long h2 = 0;
        int blocks = id.length & ~15;
        for (int at = 0; at < blocks; at += 16) {
            h1 ^= mix1(data.getLong(at));
            h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
            h2 ^= mix2(data.getLong(at + 8));
            h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
        }
        h2 ^= mix2(tail(id, blocks + 8, id.length));
        h1 ^= mix1(tail(id, blocks, Math.min(blocks + 8, id.length)));
        h1 ^= id.length;
        h2 ^= id.length;
        h1 += h2;
        h2 += h1;
        return finish(h1) + finish(h2);
    }

    /** Up to eight bytes, little endian; 0 when there are none, which both mixes keep at 0. */
    private static long tail(byte[] bytes, int from, int to) {
        long value = 0;
        for (int at = to - 1; at >= from; at--) {
            value = value << 8 | bytes[at] & 0xff;
        }
        return value;
    }

    private static long mix1(long k) {
        return Long.rotateLeft(k * C1, 31) * C2;
    }

    private static long mix2(long k) {
        return Long.rotateLeft(k * C2, 33) * C1;
    }

    private static long finish(long h) {
        h = (h ^ h >>> 33) * 0xff51afd7ed558ccdL;
        h = (h ^ h >>> 33) * 0xc4ceb9fe1a85ec53L;
        return h ^ h >>> 33;
    }
}
