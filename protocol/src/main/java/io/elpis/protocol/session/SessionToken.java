package io.elpis.protocol.session;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.ShardId;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a caller has seen and written, by shard. Bounded: a session of more than {@value #MOST_SHARDS} shards only says
 * that it has seen everything.
 *
 * @param positions empty where {@code everything} holds
 */
public record SessionToken(SortedMap<ShardId, LogPosition> positions, boolean everything) {
    public static final String HEADER = "Elpis-Session";

    static final int MOST_SHARDS = 128;

    private static final int MOST_CHARACTERS = 16_384;

    public static final SessionToken EMPTY = new SessionToken(new TreeMap<>(), false);

    public SessionToken {
        everything |= positions.size() > MOST_SHARDS;
        positions = everything ? new TreeMap<>() : new TreeMap<>(positions);
    }

    /**
     * All that the header's values have seen: whoever has sent several requests at the same time has several of them.
     *
     * @param values each one or more, separated by commas; empty for none
     * @throws ElpisException ILLEGAL_ARGUMENT when any is none of ours
     */
    public static SessionToken ofHeaders(List<String> values) {
        SessionToken all = EMPTY;
        for (String value : values) {
            for (String one : value.split(",", -1)) {
                all = all.with(parse(one.strip()));
            }
        }
        return all;
    }

    /**
     * @param header null for none
     * @throws ElpisException ILLEGAL_ARGUMENT when it is none of ours
     */
    public static SessionToken parse(@Nullable String header) {
        if (header == null || header.isEmpty()) {
            return EMPTY;
        }
        if (header.length() > MOST_CHARACTERS) {
            throw broken();
        }
        try {
            return read(Session.parseFrom(Base64.getUrlDecoder().decode(header)));
        } catch (IllegalArgumentException | InvalidProtocolBufferException e) {
            throw broken();
        }
    }

    /** The position that the caller has seen of a shard, null where it has seen nothing. */
    public @Nullable LogPosition of(ShardId shard) {
        return positions.get(shard);
    }

    public boolean isEmpty() {
        return positions.isEmpty() && !everything;
    }

    /** All that either has seen. */
    public SessionToken with(Map<ShardId, LogPosition> seen) {
        SortedMap<ShardId, LogPosition> merged = new TreeMap<>(positions);
        seen.forEach((shard, position) -> merged.merge(shard, position, (a, b) -> a.covers(b) ? a : b));
        return new SessionToken(merged, everything);
    }

    /** All that either has seen. */
    public SessionToken with(SessionToken other) {
        SessionToken merged = with(other.positions);
        return new SessionToken(merged.positions, merged.everything || other.everything);
    }

    /** Without indices that are gone, of which nothing can be read any more. */
    public SessionToken only(Predicate<IndexUuid> known) {
        SortedMap<ShardId, LogPosition> kept = new TreeMap<>(positions);
        kept.keySet().removeIf(shard -> !known.test(shard.index()));
        return new SessionToken(kept, everything);
    }

    /** The header's value. */
    public String text() {
        Session.Builder session = Session.newBuilder().setEverything(everything);
        IndexUuid last = null;
        for (Map.Entry<ShardId, LogPosition> entry : positions.entrySet()) {
            ShardId shard = entry.getKey();
            if (!shard.index().equals(last)) {
                last = shard.index();
                session.addIndicesBuilder().setIndexUuid(UnsafeByteOperations.unsafeWrap(last.bytes()));
            }
            session.getIndicesBuilder(session.getIndicesCount() - 1)
                    .addShardsBuilder()
                    .setShard(shard.shard())
                    .setPosition(entry.getValue().write());
        }
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(session.build().toByteArray());
    }

    private static SessionToken read(Session session) {
        SortedMap<ShardId, LogPosition> positions = new TreeMap<>();
        for (IndexPositions index : session.getIndicesList()) {
            IndexUuid uuid = IndexUuid.ofBytes(index.getIndexUuid().toByteArray());
            for (ShardPosition shard : index.getShardsList()) {
                positions.put(new ShardId(uuid, shard.getShard()), LogPosition.read(shard.getPosition()));
            }
        }
        return new SessionToken(positions, session.getEverything());
    }

    private static ElpisException broken() {
        return new ElpisException(
                ErrorCode.ILLEGAL_ARGUMENT, "[" + HEADER + "] must be a value that an earlier answer brought");
    }
}
