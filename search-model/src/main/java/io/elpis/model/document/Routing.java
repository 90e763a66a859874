package io.elpis.model.document;

/**
 * Which shard a document belongs to: MurmurHash3 x86 32 (Austin Appleby, public domain) with seed 0 over the routing
 * value's UTF-16 code units, little endian, as OpenSearch hashes it; then the non-negative remainder by the number of
 * shards. OpenSearch goes through {@code number_of_routing_shards} there, so that shards can be split; the plain
 * remainder can be split by any factor as it is: a shard {@code s} of {@code n} becomes {@code s}, {@code s + n}, ….
 */
public final class Routing {
    private static final int C1 = 0xcc9e2d51;
    private static final int C2 = 0x1b873593;

    private Routing() {}

    /** @param routing the routing value where there is one, else the document's id */
    public static int shard(String routing, int numberOfShards) {
        return Math.floorMod(hash(routing), numberOfShards);
    }

    public static int hash(String routing) {
        int h = 0;
        int pairs = routing.length() & ~1;
        for (int at = 0; at < pairs; at += 2) {
            h ^= mix(routing.charAt(at) | routing.charAt(at + 1) << 16);
            h = Integer.rotateLeft(h, 13) * 5 + 0xe6546b64;
        }
        if (pairs < routing.length()) {
            h ^= mix(routing.charAt(pairs));
        }
        h ^= 2 * routing.length();
        h = (h ^ h >>> 16) * 0x85ebca6b;
        h = (h ^ h >>> 13) * 0xc2b2ae35;
        return h ^ h >>> 16;
    }

    private static int mix(int k) {
        return Integer.rotateLeft(k * C1, 15) * C2;
    }
}
