package io.elpis.aggregator.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.record.Position;
import io.elpis.protocol.session.LogPosition;
import io.elpis.protocol.session.SessionToken;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ReadingTest {
    private static final IndexUuid WIKI = new IndexUuid(new UUID(3, 4));
    private static final ShardId SHARD = new ShardId(WIKI, 0);
    private static final String AT_SEVEN = SessionToken.EMPTY.with(at(SHARD, 7)).text();

    private static Map<ShardId, LogPosition> at(ShardId shard, long offset) {
        return Map.of(shard, new LogPosition(1, offset));
    }

    private static Position position(long offset) {
        return new LogPosition(1, offset).write();
    }

    @Test
    void whoAsksForNothingReadsEventually() {
        assertThat(Reading.of(null, List.of()).isEventual()).isTrue();
        assertThat(Reading.of("eventual", List.of(AT_SEVEN)).isEventual()).isTrue();
        assertThat(Reading.EVENTUAL.token()).isNull();
        Reading.EVENTUAL.saw(SHARD, position(3));
        assertThat(Reading.EVENTUAL.token()).isNull();
    }

    @Test
    void tokenAsksForItsSession() {
        Reading reading = Reading.of(null, List.of(AT_SEVEN));
        assertThat(reading.isEventual()).isFalse();
        assertThat(reading.isStrong()).isFalse();
        assertThat(reading.wanted(SHARD)).isEqualTo(position(7));
        assertThat(reading.wanted(new ShardId(WIKI, 1))).isEqualTo(Position.getDefaultInstance());
        assertThat(reading.isBehind(SHARD, position(6))).isTrue();
        assertThat(reading.isBehind(SHARD, position(7))).isFalse();
        assertThat(reading.isBehind(new ShardId(WIKI, 1), position(0))).isFalse();
    }

    @Test
    void sessionMayBeginWithoutAToken() {
        Reading reading = Reading.of("session", List.of());
        assertThat(reading.isEventual()).isFalse();
        reading.saw(SHARD, position(3));
        assertThat(SessionToken.parse(reading.token()).of(SHARD)).isEqualTo(new LogPosition(1, 3));
    }

    @Test
    void tokenNeverGoesBack() {
        Reading reading = Reading.of(null, List.of(AT_SEVEN));
        reading.saw(SHARD, position(9));
        reading.saw(SHARD, position(8));
        assertThat(SessionToken.parse(reading.token()).of(SHARD)).isEqualTo(new LogPosition(1, 9));
        Reading older = Reading.of("strong", List.of(AT_SEVEN));
        older.saw(SHARD, position(2));
        assertThat(SessionToken.parse(older.token()).of(SHARD)).isEqualTo(new LogPosition(1, 7));
    }

    @Test
    void sessionThatCannotNameAllItHasSeenReadsStrongly() {
        Map<ShardId, LogPosition> many = new HashMap<>();
        for (int shard = 0; shard < 1_000; shard++) {
            many.put(new ShardId(WIKI, shard), new LogPosition(1, 1));
        }
        String everything = SessionToken.EMPTY.with(many).text();
        assertThat(Reading.of(null, List.of(everything)).isStrong()).isTrue();
        assertThat(Reading.of(null, List.of(everything)).token()).isEqualTo(everything);
    }

    @Test
    void whatIsNotUnderstoodIsTheCallersMistake() {
        for (var mistake : List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
                () -> Reading.of("linearizable", List.of()),
                () -> Reading.of("", List.of()),
                () -> Reading.of(null, List.of("not a token!")),
                () -> Reading.of("eventual", List.of("not a token!")),
                () -> Reading.of(null, List.of(AT_SEVEN, "not a token!")))) {
            assertThatThrownBy(mistake)
                    .isInstanceOfSatisfying(
                            ElpisException.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.ILLEGAL_ARGUMENT));
        }
    }
}
