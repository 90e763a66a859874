package io.elpis.aggregator.consistency;

import com.google.errorprone.annotations.ThreadSafe;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.record.Position;
import io.elpis.protocol.session.LogPosition;
import io.elpis.protocol.session.SessionToken;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How fresh the reads of one request must be, and what they have shown its caller so far. */
@ThreadSafe
@SuppressWarnings("ThreadSafe") // the token is a value
public final class Reading {
    /** Whatever a copy has. */
    public static final Reading EVENTUAL = new Reading(Level.EVENTUAL, SessionToken.EMPTY);

    private enum Level {
        EVENTUAL,
        SESSION,
        STRONG
    }

    private final Level level;
    private final SessionToken before;

    @GuardedBy("this")
    private final Map<ShardId, LogPosition> seen = new HashMap<>();

    private Reading(Level level, SessionToken before) {
        this.level = level;
        this.before = before;
    }

    /**
     * @param consistency value of the parameter; null: none, and a token asks for its session
     * @param tokens values of the header {@code Elpis-Session}
     * @throws ElpisException ILLEGAL_ARGUMENT when either is not understood
     */
    public static Reading of(@Nullable String consistency, List<String> tokens) {
        if (consistency == null && tokens.isEmpty()) {
            return EVENTUAL;
        }
        SessionToken token = SessionToken.ofHeaders(tokens);
        return switch (consistency) {
            case null -> session(token);
            case "session" -> session(token);
            case "strong" -> new Reading(Level.STRONG, token);
            case "eventual" -> EVENTUAL;
            default ->
                throw new ElpisException(
                        ErrorCode.ILLEGAL_ARGUMENT, "Unknown value for consistency: [" + consistency + "].");
        };
    }

    /** A session that can no longer name all it has seen must see everything. */
    private static Reading session(SessionToken token) {
        return new Reading(token.everything() ? Level.STRONG : Level.SESSION, token);
    }

    public boolean isEventual() {
        return level == Level.EVENTUAL;
    }

    /** Whether everything must be seen that the logs hold when the read comes. */
    public boolean isStrong() {
        return level == Level.STRONG;
    }

    /** What must be seen of a shard at least; the very beginning where nothing is demanded. */
    public Position wanted(ShardId shard) {
        LogPosition position = before.of(shard);
        return position == null ? Position.getDefaultInstance() : position.write();
    }

    /** Whether a copy of the shard that is known to be this far would have to wait. */
    public boolean isBehind(ShardId shard, Position at) {
        LogPosition position = before.of(shard);
        return position != null && !LogPosition.read(at).covers(position);
    }

    /** Part of the answer knows of all records of the shard before this one. */
    public void saw(ShardId shard, Position next) {
        if (!isEventual()) {
            LogPosition position = LogPosition.read(next);
            synchronized (this) {
                seen.merge(shard, position, (a, b) -> a.covers(b) ? a : b);
            }
        }
    }

    /** What the answer's header says: all that the caller had seen before, and sees now. Null for an eventual read. */
    public @Nullable String token() {
        if (isEventual()) {
            return null;
        }
        synchronized (this) {
            return before.with(seen).text();
        }
    }

    @Override
    public String toString() {
        return switch (level) {
            case EVENTUAL -> "eventual";
            case SESSION -> "session";
            case STRONG -> "strong";
        };
    }
}
