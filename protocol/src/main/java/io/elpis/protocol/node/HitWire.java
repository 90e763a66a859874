package io.elpis.protocol.node;

import com.google.protobuf.UnsafeByteOperations;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.search.SortWire;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Hits and their content on the wire. */
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
        if (hit.content() instanceof io.elpis.model.result.HitContent content) {
            out.setContent(write(content));
        }
        return out.build();
    }

    /** @param shards the shards of the request, in its order */
    public static io.elpis.model.result.Hit read(Hit in, List<ShardId> shards) {
        return new io.elpis.model.result.Hit(
                shards.get(in.getShardOrdinal()),
                in.getDoc(),
                in.getScore(),
                in.getSortList().stream().map(SortWire::read).toList(),
                in.getId(),
                in.getTie(),
                in.hasContent() ? read(in.getContent()) : null);
    }

    /** Shares the source's bytes. */
    public static HitContent write(io.elpis.model.result.HitContent content) {
        HitContent.Builder out = HitContent.newBuilder()
                .setVersion(content.version())
                .setSeqNo(content.seqNo())
                .setPrimaryTerm(content.primaryTerm());
        if (content.hasSource()) {
            out.setSource(UnsafeByteOperations.unsafeWrap(content.source()));
        }
        if (content.routing() instanceof String routing) {
            out.setRouting(routing);
        }
        content.highlight()
                .forEach((field, fragments) -> out.addHighlight(
                        HighlightedField.newBuilder().setField(field).addAllFragments(fragments)));
        return out.build();
    }

    public static io.elpis.model.result.HitContent read(HitContent in) {
        Map<String, List<String>> highlight = new LinkedHashMap<>();
        in.getHighlightList().forEach(field -> highlight.put(field.getField(), List.copyOf(field.getFragmentsList())));
        return new io.elpis.model.result.HitContent(
                in.getSource().toByteArray(),
                in.getRouting().isEmpty() ? null : in.getRouting(),
                in.getVersion(),
                in.getSeqNo(),
                in.getPrimaryTerm(),
                highlight);
    }
}
