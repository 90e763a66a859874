package io.elpis.protocol.node;

import io.elpis.protocol.search.SortWire;

/** Hits on the wire. */
public final class HitWire {
    private HitWire() {}

    /** @param shardOrdinal place of the hit's shard in the request */
    public static Hit write(io.elpis.model.result.Hit hit, int shardOrdinal) {
        Hit.Builder out = Hit.newBuilder()
                .setShardOrdinal(shardOrdinal)
                .setScore(hit.score())
                .setId(hit.id())
                .setTie(hit.tieHash())
                .setDoc(hit.doc());
        hit.sort().forEach(value -> out.addSort(SortWire.write(value)));
        return out.build();
    }
}
