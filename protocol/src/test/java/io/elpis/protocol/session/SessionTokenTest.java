package io.elpis.protocol.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.error.ElpisException;
import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.ShardId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class SessionTokenTest {
    private static final IndexUuid BOOKS = new IndexUuid(new UUID(1, 2));
    private static final IndexUuid PEOPLE = new IndexUuid(new UUID(3, 4));

    @Test
    void textComesBack() {
        for (long seed = 0; seed < 200; seed++) {
            SessionToken token = SessionToken.EMPTY.with(positions(new Random(seed)));
            assertThat(SessionToken.parse(token.text())).as("seed %d", seed).isEqualTo(token);
        }
    }

    @Test
    void mergingIsIndependentOfOrderAndGrouping() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Map<ShardId, LogPosition> a = positions(random);
            Map<ShardId, LogPosition> b = positions(random);
            SessionToken both = SessionToken.EMPTY.with(a).with(b);
            assertThat(both)
                    .as("seed %d", seed)
                    .isEqualTo(SessionToken.EMPTY.with(b).with(a))
                    .isEqualTo(both.with(a).with(b));
            a.forEach((shard, position) -> assertThat(both.of(shard))
                    .isNotNull()
                    .satisfies(seen -> assertThat(seen.covers(position)).isTrue()));
        }
    }

    @Test
    void generationsOrderBeforeOffsets() {
        ShardId shard = new ShardId(BOOKS, 0);
        SessionToken token = SessionToken.EMPTY
                .with(Map.of(shard, new LogPosition(2, 5)))
                .with(Map.of(shard, new LogPosition(1, 900)));
        assertThat(token.of(shard)).isEqualTo(new LogPosition(2, 5));
    }

    @Test
    void tooManyShardsMeanEverything() {
        Map<ShardId, LogPosition> many = new HashMap<>();
        for (int shard = 0; shard <= SessionToken.MOST_SHARDS; shard++) {
            many.put(new ShardId(BOOKS, shard), new LogPosition(1, shard));
        }
        SessionToken token = SessionToken.EMPTY.with(many);
        assertThat(token.everything()).isTrue();
        assertThat(token.text()).hasSizeLessThan(10);
        assertThat(SessionToken.parse(token.text()).with(Map.of(new ShardId(PEOPLE, 0), new LogPosition(1, 1))))
                .isEqualTo(token);
    }

    @Test
    void deletedIndicesAreDropped() {
        SessionToken token = SessionToken.EMPTY.with(Map.of(
                new ShardId(BOOKS, 0), new LogPosition(1, 7),
                new ShardId(PEOPLE, 0), new LogPosition(1, 8)));
        assertThat(token.only(BOOKS::equals).positions()).containsOnlyKeys(new ShardId(BOOKS, 0));
    }

    @Test
    void fullTokenFitsIntoAHeader() {
        Map<ShardId, LogPosition> many = new HashMap<>();
        for (int shard = 0; shard < SessionToken.MOST_SHARDS; shard++) {
            many.put(new ShardId(new IndexUuid(new UUID(shard, 1)), 0), new LogPosition(1, Long.MAX_VALUE));
        }
        assertThat(SessionToken.EMPTY.with(many).text()).hasSizeLessThan(7_000);
    }

    @Test
    void nothingIsEmpty() {
        assertThat(SessionToken.parse(null)).isEqualTo(SessionToken.EMPTY);
        assertThat(SessionToken.parse("").isEmpty()).isTrue();
    }

    @Test
    void strangeTextIsRefused() {
        for (String text : new String[] {"%%", "abc", "x".repeat(20_000), "CgMKATE"}) {
            assertThatThrownBy(() -> SessionToken.parse(text))
                    .as(text)
                    .isInstanceOf(ElpisException.class)
                    .hasMessageContaining("[Elpis-Session]");
        }
    }

    private static Map<ShardId, LogPosition> positions(Random random) {
        Map<ShardId, LogPosition> positions = new HashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            ShardId shard = new ShardId(random.nextBoolean() ? BOOKS : PEOPLE, random.nextInt(3));
            positions.put(shard, new LogPosition(1 + random.nextInt(2), random.nextInt(50)));
        }
        return positions;
    }

    @Test
    void severalHeadersAreMerged() {
        SessionToken first = SessionToken.EMPTY.with(
                Map.of(new ShardId(PEOPLE, 0), new LogPosition(1, 5), new ShardId(PEOPLE, 1), new LogPosition(1, 2)));
        SessionToken second = SessionToken.EMPTY.with(Map.of(new ShardId(PEOPLE, 0), new LogPosition(1, 3)));
        assertThat(SessionToken.ofHeaders(List.of())).isEqualTo(SessionToken.EMPTY);
        assertThat(SessionToken.ofHeaders(List.of(second.text(), first.text()))).isEqualTo(first);
        assertThat(SessionToken.ofHeaders(List.of(first.text() + ", " + second.text())))
                .isEqualTo(first);
        SessionToken everything = new SessionToken(new TreeMap<>(), true);
        assertThat(SessionToken.ofHeaders(List.of(first.text(), everything.text()))
                        .everything())
                .isTrue();
        assertThatThrownBy(() -> SessionToken.ofHeaders(List.of(first.text() + ",?")))
                .isInstanceOf(ElpisException.class);
    }
}
